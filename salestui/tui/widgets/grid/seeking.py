"""Going to what is looked for: a text, or the edge of what is filled. Long tables are gone through with pauses."""

import asyncio
from collections.abc import Iterator

from textual.worker import Worker

from salestui.tui.widgets.grid import messages
from salestui.tui.widgets.grid.marking import Marking
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.ranges import Boxes
from salestui.tui.widgets.grid.search import edge, hunt, titled

_CELLS_BETWEEN_PAUSES = 100
Found = Iterator[tuple[int, int] | None]


class Seeking(Marking):
    """What `Table` does to find something."""

    SearchAsked = messages.SearchAsked
    Searched = messages.Searched

    _wanted = ""
    _search: Worker[None] | None = None

    def search(self, text: str) -> None:
        """Look for the text below the cursor, then from the top, and go to it; `Searched` says how it went.

        Where something is marked only there, and it stays marked. A text that no cell has may be a column's title.
        """
        self._wanted = text
        if self._range:
            self.action_mark_more()
        self.action_again(1)

    def action_ask_search(self) -> None:
        """Have the screen ask what to search."""
        self.post_message(self.SearchAsked(self._table))

    def action_again(self, step: int) -> None:
        """Look for the text of the last search, further down or up."""
        if self._wanted:
            self._stop_search()
            self._search = self.run_worker(self._seek(self._wanted, step))

    def action_edge(self, rows: int, columns: int) -> None:
        """Go to the last cell before an empty one, or to the next that is not empty."""
        if self._view.rows:
            self._stop_search()
            at = self._view.row, self._view.column
            self._search = self.run_worker(self._go_along(edge(self._shown, *at, rows, columns), marks=False))

    def action_extend_edge(self, rows: int, columns: int) -> None:
        """Mark up to there."""
        if self._view.rows:
            self._stop_search()
            if self._range is None or self._range.kind == "all":
                self._anchor("cells", follows=False)
            at = self._view.row, self._view.column
            self._search = self.run_worker(self._go_along(edge(self._shown, *at, rows, columns), marks=True))

    async def _seek(self, text: str, step: int) -> None:
        column = self._view.column
        if self._whole_row:
            column = len(self._shown.columns) if step > 0 else -1
        within = Boxes(box for box, _ in self._kept) if self._kept else None
        found = await _last(hunt(self._shown, text, self._view.row, column, step, within))
        if found is None and within is None:
            title = titled(self._shown, text, self._view.column, step)
            found = None if title is None else (self._view.row, title)
        if found:
            row, column = found
            # What is found in a name is its row: who types there next means the column that the cursor is in.
            is_name = self._shown.columns[column].frozen and found[0] != self._view.row
            self._go(row, max(column, self._view.column) if is_name else column)
        self.post_message(self.Searched(self._table, text, found=found is not None))

    async def _go_along(self, cells: Found, *, marks: bool) -> None:
        found = await _last(cells)
        if found:
            (self._put if marks else self._go)(*found)

    def _stop_search(self) -> None:
        if self._search:
            self._search.cancel()
            self._search = None

    def _take(self, model: GridModel) -> None:
        self._stop_search()
        super()._take(model)


async def _last(cells: Found) -> tuple[int, int] | None:
    """What they come to, with a pause for keys every now and then."""
    for passed, place in enumerate(cells):
        if place:
            return place
        if passed % _CELLS_BETWEEN_PAUSES == 0:
            await asyncio.sleep(0)
    return None
