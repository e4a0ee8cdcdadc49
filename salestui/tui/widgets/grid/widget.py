"""`Grid`: the one widget for tables, drawn line by line, so that it costs what is in view and not what there is.

What a table shows, sums up and takes is its model's, see `model.GridModel`; a list of things needs no model of its
own, see `list_model.ListModel`. The screen hears what happens:

    def body(self) -> ComposeResult:
        yield Grid(self._plan, cursor="cell", status=True)

    @on(Grid.Edited)
    def show_what_is_unsaved(self) -> None:
        self.tell_header()

`Chosen` is Enter on what cannot be typed into; `Edited` and `Refused` follow what is typed, pasted or emptied.
Searching, filtering, copying and telling of a problem are done by every `BaseScreen`.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.binding import BindingType

from salestui.model.values.errors import Problem, UsageProblem
from salestui.tui.actions.grid import GRID
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.widgets.grid import messages
from salestui.tui.widgets.grid.canvas import HEAD
from salestui.tui.widgets.grid.copy import is_headed, repeated, table_of
from salestui.tui.widgets.grid.layout import Room
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.ranges import Box
from salestui.tui.widgets.grid.table import Table

if TYPE_CHECKING:
    from salestui.tui.widgets.field import Field
    from salestui.tui.widgets.grid.editing import CellField, Then

_EDITING = frozenset({"edit", "erase", "fill", "ask_paste"})
_TABS = {"tab": 1, "shift+tab": -1}
_BEGINNINGS = frozenset("0123456789=+-*.(–−")
"""What begins to replace a cell when it is typed; letters stay commands."""
_ENTRY = re.compile(r"[-+*.(–−]?[0-9.,]*[kmbKMB]?%?\)?|=.*")
_ENDS = frozenset({"enter", "escape"})


class Grid(Table):
    """A table of a `GridModel`, with a cursor on a cell or on a row, and with `status` a line below that tells of it.

    With `cursor="row"` the row's first cell and the title of the current column are marked. When what the model shows
    has changed, call `reload`: it paints what differs and keeps the cursor on its row.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings(GRID)]
    DEFAULT_CSS = """
    Grid {
        width: 1fr;
        height: 1fr;
        overflow: hidden;
    }
    """

    Edited = messages.Edited
    EntryAsked = messages.EntryAsked
    PasteAsked = messages.PasteAsked
    Typing = messages.Typing

    _field: "CellField | None" = None
    _refused: tuple[tuple[str, str], str] | None = None
    """Where the beginning of an entry was refused, and what has been typed of it."""
    _edited: tuple[str, str] | None = None
    _tabbed: tuple[tuple[str, str], int] | None = None
    """Where Tab has brought the cursor, and the column that it began in."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing but typing while a cell is edited; no editing in a table that only shows."""
        if action == "fill" and type(self._model).fill is GridModel.fill:
            return False
        return not self._is_editing and (action not in _EDITING or self._takes_text)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """What begins to replace a cell is typed there; Esc ends a range, or a filter, before it leaves the page.

        Tab goes to the next column of a table that can be typed into, and from the last of them to what is beyond.
        """
        if key == "escape":
            return self._is_marking or self._is_filtered
        if key in _TABS:
            return self._takes_text and 0 <= self._view.column + _TABS[key] < len(self._shown.columns)
        if self._goes_on_refused(key, character):
            return True
        return character is not None and character in _BEGINNINGS and self._is_figure

    def _goes_on_refused(self, key: str, character: str | None) -> bool:
        """Whether a key belongs to an entry whose beginning was refused: the rest of it is no command."""
        if self._refused is None or self._refused[0] != self.cursor or self._is_editable:
            return False
        return key in _ENDS or (character is not None and bool(_ENTRY.fullmatch(self._refused[1] + character)))

    def _swallow(self, key: str, character: str) -> None:
        """Refuse an entry, or the rest of one."""
        before = self._refused[1] if self._refused and self._refused[0] == self.cursor else ""
        text = before + character if _ENTRY.fullmatch(before + character) else character
        self._refused = None if self.cursor is None or key in _ENDS else (self.cursor, text)
        if key != "escape":
            self._refuse(self._shown.why_not(self._view.row, self._view.column))

    def on_key(self, event: events.Key) -> None:
        """Begin to type, go to the next column, or end a range."""
        if self._is_editing or not self.check_consume_key(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        if self._goes_on_refused(event.key, event.character):
            self._swallow(event.key, event.character or "")
        elif event.key == "escape":
            self.step_back()
        elif event.key in _TABS:
            self._tab(_TABS[event.key])
        elif self._is_editable:
            self._open(event.character or "", by_typing=True)
        elif self._is_asked_for:
            self.post_message(self.EntryAsked(self, event.character or ""))
        else:
            self._swallow(event.key, event.character or "")

    def on_paste(self, event: events.Paste) -> None:
        """Hand a pasted table to the model."""
        if self._marked and self._takes_text and not self._is_editing:
            event.stop()
            self.paste(event.text)

    def paste(self, text: str) -> None:
        """Paste a table at what is marked; a single cell, or one that fits in several times, over all of it."""
        self._change(lambda: self._paste(table_of(text)))

    def _paste(self, table: Sequence[Sequence[str]]) -> None:
        if len(table) == len(table[0]) == 1 and self._marked.size > 1:
            self._shown.enter(self._targets(), table[0][0])
            return
        box = self._one_range("Paste into one range")
        columns = range(box.left, len(self._shown.columns))
        if not is_headed(table[0], self._model.columns):
            table = repeated(table, len(box.rows), len(box.columns))
        self._shown.paste(box.top, columns, table)

    def action_ask_paste(self) -> None:
        """Have the screen paste what was copied here last."""
        if self._marked:
            self.post_message(self.PasteAsked(self))

    def action_fill(self, direction: Literal["down", "right"]) -> None:
        """Fill the range with its first row, or its first column; a single cell with the one before it."""
        if self._marked:
            self._change(lambda: self._fill(direction))

    def _fill(self, direction: Literal["down", "right"]) -> None:
        box = self._one_range("Fill one range")
        if direction == "down" and box.top == box.bottom:
            box = box._replace(top=box.top - 1)
        elif direction == "right" and box.left == box.right:
            box = box._replace(left=box.left - 1)
        if box.top < 0 or box.left < 0:
            raise UsageProblem("There is nothing before this to fill it with")
        self._shown.fill(box.rows, box.columns, direction)

    def _one_range(self, doing: str) -> Box:
        marked = self._marked
        if len(marked) > 1:
            raise UsageProblem(f"{doing} at a time", remedy="Esc ends all of them.")
        return marked[0]

    def _tab(self, step: int) -> None:
        """Go to the next column; Enter after typing will go down from where this began."""
        before = self._tabbed[1] if self._tabbed and self._tabbed[0] == self.cursor else self._view.column
        self._go(self._view.row, self._view.column + step)
        self._tabbed = None if self.cursor is None else (self.cursor, before)

    def on_click(self, event: events.Click) -> None:
        """Take what was typed before the cursor goes elsewhere, which the table does, unless it is refused."""
        if self._field and self._is_editing:
            self._taken("stay")
            if self._is_editing:
                event.prevent_default()
                self.screen.set_focus(self._field, scroll_visible=False)

    def action_choose(self) -> None:
        """Edit what can be typed into; go into anything else."""
        if self._is_editable or self._is_asked_for:
            self.action_edit()
        else:
            super().action_choose()

    def action_edit(self) -> None:
        """Edit what stands in the cell."""
        if self._is_editable:
            self._open(self._shown.edit_text(self._view.row, self._view.column), by_typing=False)
        elif self._is_asked_for:
            self.post_message(self.EntryAsked(self, ""))
        elif self._view.rows:
            self._refuse(self._shown.why_not(self._view.row, self._view.column))

    def edit_anew(self) -> None:
        """The same, but what is typed first takes the place of what stands."""
        self.action_edit()
        if self._field and self._is_editing:
            self._field.put(self._field.value, replaced=True)

    def action_erase(self) -> None:
        """Empty the cell, or what is marked."""
        if self._view.rows:
            self._change(lambda: self._shown.clear(self._targets()))

    def action_choose_columns(self) -> None:
        """Choose which columns are shown."""
        from salestui.tui.widgets.grid.choosing import ColumnPicker  # needed only here

        self.app.push_screen(ColumnPicker(self._model.columns, self.hidden, self.hide))

    @property
    def _takes_text(self) -> bool:
        return type(self._model).editable is not GridModel.editable

    @property
    def _is_editable(self) -> bool:
        view = self._view
        return view.rows > 0 and self._takes_text and self._shown.editable(view.row, view.column)

    @property
    def _is_figure(self) -> bool:
        view = self._view
        return view.rows > 0 and self._takes_text and self._shown.is_figure(view.row, view.column)

    @property
    def _is_asked_for(self) -> bool:
        view = self._view
        return view.rows > 0 and self._takes_text and self._shown.is_asked_for(view.row, view.column)

    @property
    def typed(self) -> tuple[str, str, str] | None:
        """The keys of the row and the column that are typed into, and what is typed; None while nothing is."""
        field = self._field
        if field is None or not field.is_open or not field.is_changed or self._edited is None:
            return None
        return (*self._edited, field.value)

    def type_on(self, row_key: str, column_key: str, text: str) -> bool:
        """Go on with what was being typed there; False where it cannot be."""
        if not self.move_to(row_key, column_key) or not self._is_editable:
            return False
        self._open(text, by_typing=True)
        return True

    def on_field_changed(self, event: "Field.Changed") -> None:
        """Tell of every character."""
        event.stop()
        self.post_message(self.Typing(self))

    @property
    def is_typing(self) -> bool:
        """Whether something is being typed into a cell."""
        return self._is_editing

    @property
    def _is_editing(self) -> bool:
        return self._field is not None and self._field.is_open

    def _targets(self) -> Sequence[tuple[int, int]]:
        cells = [cell for cell in self._marked.cells() if self._shown.editable(*cell)]
        if not cells:
            raise self._shown.why_not(self._view.row, self._view.column)
        return cells

    def _open(self, text: str, *, by_typing: bool) -> None:
        if self._field is None:
            from salestui.tui.widgets.grid.editing import CellField

            self._field = CellField(self._taken, self._close)
            self.mount(self._field)
        self._edited = self.cursor
        self._field.names = self._shown.expression_names
        self._field.open(text, self._room(), by_typing=by_typing)
        self.post_message(self.Typing(self))

    def _taken(self, then: "Then") -> None:
        """Take what is typed and go on, or stay where a range is marked."""
        field = self._field
        if field is None:
            return
        if field.is_changed:
            text = field.value
            self._change(lambda: self._shown.enter(self._targets(), text), lambda: self._taken_whole(then))
        else:
            self._taken_whole(then)

    def _taken_whole(self, then: "Then") -> None:
        self._close()
        if not self._is_marking:
            self._go_on(then)

    def _go_on(self, then: "Then") -> None:
        row, column = self._view.row, self._view.column
        if then in ("left", "right"):
            self._put(row, column + (1 if then == "right" else -1))
        elif then == "enter":
            self._put(row + 1, self._tabbed[1] if self._tabbed and self._tabbed[0] == self.cursor else column)
        elif then in ("tab", "back tab"):
            self._tab(1 if then == "tab" else -1)
        elif then in ("up", "down"):
            self._put(row + (1 if then == "down" else -1), column)

    def _change(self, change: Callable[[], None], after: Callable[[], None] | None = None) -> None:
        try:
            change()
        except Problem as problem:
            self._refuse(problem, lambda: self._change(change, after))
            return
        self._close()
        self.reload()
        self.post_message(self.Edited(self))
        if after:
            after()

    def _refuse(self, problem: Problem, again: Callable[[], None] | None = None) -> None:
        self.post_message(self.Refused(self, problem, again))

    def _close(self) -> None:
        if self._field and self._field.is_open:
            self._field.close()
            self.post_message(self.Typing(self))
            if self.screen.focused is self._field:
                self.screen.set_focus(self, scroll_visible=False)

    def _room(self) -> Room:
        view, places = self._view, self._canvas.layout.places
        x, width = next(((place.x, place.width) for place in places if place.column == view.column), (0, 1))
        return Room(x, HEAD + view.line_of(view.row), width + 1, self.size.width)

    def _take(self, model: GridModel) -> None:
        self._close()
        super()._take(model)

    def _draw(self) -> None:
        if self._is_editing and self.cursor != self._edited:
            self._close()
        super()._draw()
        if self._field and self._is_editing:
            self._field.lie(self._room())
