"""Choosing which columns of a table are shown."""

from collections.abc import Callable, Collection, Sequence

from salestui.tui.screens.picker import Picker
from salestui.tui.widgets.choices import Choice
from salestui.tui.widgets.grid.model import Column


class ColumnPicker(Picker, inherit_bindings=True):
    """A list of all columns but the first: Enter shows or hides one and the list stays; Esc is done."""

    def __init__(
        self, columns: Sequence[Column], hidden: Collection[str], hide: Callable[[frozenset[str]], None]
    ) -> None:
        """`hide` is told at every change which columns are hidden now."""
        self._columns, self._away, self._hide = columns[1:], frozenset(hidden), hide
        super().__init__("Which columns: Enter shows or hides one, Esc is done", self._lines())

    def take(self, choice: Choice) -> None:
        """Show or hide the chosen column."""
        self._away ^= {choice.value}
        self.offer(self._lines(), choice.value)
        self._hide(self._away)

    def _lines(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(column.key, column.title or column.key, "hidden" if column.key in self._away else "shown")
            for column in self._columns
        )
