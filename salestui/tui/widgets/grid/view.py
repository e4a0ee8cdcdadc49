"""Where the reader is: the cursor, and the first row and column in view. The cursor is always in view."""

from dataclasses import dataclass


@dataclass
class View:
    """A window of `height` rows onto `rows` rows, below the first `frozen` ones, which stay; and the cursor."""

    rows: int = 0
    height: int = 1
    row: int = 0
    column: int = 0
    top: int = 0
    first: int = 0
    frozen: int = 0

    @property
    def room(self) -> int:
        """How many rows there is room for, frozen ones among them."""
        return self.frozen + self.height

    @property
    def in_view(self) -> list[int]:
        """The rows that are shown, from the top."""
        return [*range(self.frozen), *range(self.top, min(self.rows, self.top + self.height))]

    def line_of(self, row: int) -> int:
        """How many rows are shown above this one, which is in view."""
        return row if row < self.frozen else self.frozen + row - self.top

    def row_at(self, line: int) -> int | None:
        """The row that is shown below so many others, if any is."""
        shown = self.in_view
        return shown[line] if 0 <= line < len(shown) else None

    def resize(self, rows: int, room: int, frozen: int = 0) -> None:
        """The table or the room for it has another size; of the frozen rows as many stay as leave room for one."""
        self.rows = rows
        self.frozen = max(0, min(frozen, rows, room - 1))
        self.height = max(1, room - self.frozen)
        self.go_to(self.row)
        self._scroll_to(self.top)

    def go_to(self, row: int) -> None:
        """Put the cursor on a row. Where that is out of view by a line, the window moves by half its height.

        So that the cursor travels many rows for each time the whole window is painted.
        """
        self.row = max(0, min(row, self.rows - 1))
        jump = max(1, self.height // 2)
        if self.row < self.frozen:
            return
        if self.row < self.top:
            self._scroll_to(min(self.row, self.top - jump))
        elif self.row >= self.top + self.height:
            self._scroll_to(max(self.row - self.height + 1, self.top + jump))

    def page(self, pages: int) -> None:
        """Move the window by its height, and with it the cursor, unless that is on a frozen row."""
        row = self.row if self.row < self.frozen else self.row + pages * self.height
        self._scroll_to(self.top + pages * self.height)
        self.go_to(row)

    def scroll(self, lines: int) -> None:
        """Move the window; the cursor stays on its row, or comes along at the edge."""
        before = self.top
        self._scroll_to(self.top + lines)
        if self.top != before and self.row >= self.frozen:
            self.row = max(self.top, min(self.row, self.top + self.height - 1, self.rows - 1))

    def _scroll_to(self, top: int) -> None:
        self.top = max(self.frozen, min(top, self.rows - self.height))
