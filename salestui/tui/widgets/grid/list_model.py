"""A table of a list in ten minutes: sorted, filtered and folded without a line of code.

    from salestui.tui.widgets.grid.list_model import Field, ListModel
    from salestui.tui.widgets.grid.widget import Grid

    DEALS: tuple[Field[Deal], ...] = (
        Field("name", "Deal", frozen=True),
        Field("stage", "Stage", value=lambda deal: deal.stage.name),
        Field("amount", "Amount", kind="number", show=money, tone=lambda deal: "bad" if deal.late else "normal"),
    )

    def compose(self) -> ComposeResult:
        model = ListModel(deals, DEALS, key=lambda deal: deal.id, empty="No deals yet. Press i to import some.")
        yield Grid(model)

    @on(Grid.Chosen)
    def open_deal(self, event: Grid.Chosen) -> None:
        self.app.push_screen(DealScreen(event.row_key))

A field's key is the attribute it shows, unless `value` says how to get it (`itemgetter(2)` for a bare tuple). `value`
is what rows are sorted by and `show` turns it into text; None shows as `–` and sorts last. With `parent`, which gives
the key of the row above or None, the rows are a tree; `totals` stay below the others whatever is sorted or filtered.
When the data has been read again: `model.replace(rows)`, then `grid.reload()`; sorting, filter and folds stay.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar

from salestui.model.values.amount import Amount
from salestui.model.values.show import NOTHING
from salestui.tui.widgets.grid.model import Cell, Column, Fold, GridModel, Sorting, Tone

T = TypeVar("T")


@dataclass(frozen=True)
class Field(Column, Generic[T]):
    """A column of a `ListModel`: where its value comes from and how it looks."""

    value: Callable[[T], Any] | None = None
    show: Callable[[Any], str] = str
    tone: Callable[[T], Tone] | None = None
    mark: Callable[[T], str] | None = None

    @cached_property
    def read(self) -> Callable[[T], Any]:
        """How to get the value from a row."""
        return self.value or attrgetter(self.key)

    def text(self, row: T) -> str:
        """What the row shows in this column."""
        value = self.read(row)
        return NOTHING if value is None else self.show(value)

    def copy_text(self, row: T) -> str:
        """What a copy of the row has in this column: numbers and dates in full, nothing for None."""
        value = self.read(row)
        if value is None:
            return ""
        if isinstance(value, date):
            return value.isoformat()
        return str(value) if self.kind == "number" else self.show(value)

    def number(self, row: T) -> Decimal | None:
        """What the row adds to a sum of this column."""
        value = self.read(row) if self.kind == "number" else None
        if isinstance(value, Amount):
            return value.decimal
        return Decimal(value) if isinstance(value, int) else None


class ListModel(GridModel, Generic[T]):
    """The model of a sequence of frozen dataclasses or tuples; see the module's docstring."""

    def __init__(
        self,
        rows: Sequence[T],
        fields: Sequence[Field[T]],
        *,
        key: Callable[[T], str],
        empty: str,
        parent: Callable[[T], str | None] | None = None,
        totals: Sequence[T] = (),
        folded: Collection[str] = (),
    ) -> None:
        """`folded` are the keys of rows whose own rows are put away at first."""
        self._fields = tuple(fields)
        self.columns: Sequence[Column] = self._fields
        self._key = key
        self._empty = empty
        self._parent = parent
        self._sorting: Sorting | None = None
        self._filter: tuple[str, str | None] = ("", None)
        self._folded = set(folded)
        self.replace(rows, totals)

    def arrange_like(self, other: "ListModel[T]") -> None:
        """Sort, filter and fold as that one does."""
        arranged = other._sorting, other._filter, other._folded
        if arranged != (self._sorting, self._filter, self._folded):
            self._sorting, self._filter, self._folded = other._sorting, other._filter, set(other._folded)
            self._arrange()

    def replace(self, rows: Sequence[T], totals: Sequence[T] = ()) -> None:
        """Show other rows, sorted, filtered and folded as these are."""
        self._rows, self._totals = rows, totals
        self._tree = _Tree(rows, self._key, self._parent) if self._parent else None
        self._arrange()

    @property
    def row_count(self) -> int:
        """How many rows are shown, totals among them."""
        return len(self._order) + len(self._totals)

    @property
    def empty(self) -> str:
        """What to say without rows."""
        wanted = self._filter[0]
        return f"Nothing has “{wanted}”. Esc shows all {len(self._rows):,}." if wanted else self._empty

    @property
    def filtered(self) -> str:
        """The text that the rows are filtered by."""
        return self._filter[0]

    def say_when_empty(self, words: str) -> None:
        """What to say without rows from now on."""
        self._empty = words

    @property
    def sorting(self) -> Sorting | None:
        """How the rows are sorted."""
        return self._sorting

    def row(self, row: int) -> T:
        """The thing shown in that row."""
        below = row - len(self._order)
        return self._rows[self._order[row]] if below < 0 else self._totals[below]

    def cell(self, row: int, column: int) -> Cell:
        """The field's text, tone and mark for that row."""
        field, thing = self._fields[column], self.row(row)
        tone: Tone = "total" if row >= len(self._order) else "normal"
        if field.tone:
            tone = field.tone(thing)
        return Cell(field.text(thing), tone, field.mark(thing) if field.mark else "")

    def copy_text(self, row: int, column: int) -> str:
        """The field's value in full."""
        return self._fields[column].copy_text(self.row(row))

    def number(self, row: int, column: int) -> Decimal | None:
        """The field's value where such values add up: a whole number or an amount, and no ratio."""
        return self._fields[column].number(self.row(row))

    def row_key(self, row: int) -> str:
        """The key of the thing in that row."""
        return self._key(self.row(row))

    def fold(self, row: int) -> Fold | None:
        """The row's place in the tree; nothing folds while a filter shows what it found."""
        if not self._tree or row >= len(self._order):
            return None
        index = self._order[row]
        foldable = bool(self._tree.children.get(index)) and not self._filter[0]
        return Fold(self._tree.depth(index), foldable, foldable and self.row_key(row) in self._folded)

    def set_folded(self, row: int, folded: bool) -> None:
        """Put the rows under this one away, or bring them back."""
        (self._folded.add if folded else self._folded.discard)(self.row_key(row))
        self._arrange()

    def sort(self, sorting: Sorting | None) -> None:
        """Sort the rows; in a tree, those under one row among themselves."""
        self._sorting = sorting
        self._arrange()

    def filter(self, text: str, column: str | None = None) -> None:
        """Show only the rows with this text, in any case; in a tree, also the rows above them."""
        self._filter = (text, column)
        self._arrange()

    def _arrange(self) -> None:
        order = self._sorted(self._kept())
        self._order: Sequence[int] = self._tree.flatten(order, self._is_folded) if self._tree else order

    def _kept(self) -> Sequence[int]:
        wanted, column = self._filter[0].casefold(), self._filter[1]
        if not wanted:
            return range(len(self._rows))
        fields = [field for field in self._fields if column in (None, field.key)]
        found = [
            index
            for index, row in enumerate(self._rows)
            if any(wanted in field.text(row).casefold() for field in fields)
        ]
        return self._tree.with_ancestors(found) if self._tree else found

    def _sorted(self, indices: Sequence[int]) -> Sequence[int]:
        field = next((field for field in self._fields if self._sorting and field.key == self._sorting.column), None)
        if not field or not self._sorting:
            return indices
        values = {index: field.read(self._rows[index]) for index in indices}
        known = [index for index in indices if values[index] is not None]
        known.sort(key=lambda index: _ordered(values[index]), reverse=self._sorting.descending)
        return known + [index for index in indices if values[index] is None]

    def _is_folded(self, index: int) -> bool:
        return not self._filter[0] and self._key(self._rows[index]) in self._folded


class _Tree(Generic[T]):
    """Which row is under which. A row whose parent is missing is at the top; so is one in a ring of parents."""

    def __init__(self, rows: Sequence[T], key: Callable[[T], str], parent: Callable[[T], str | None]) -> None:
        places = {key(row): index for index, row in enumerate(rows)}
        self._above = {index: places.get(parent(row) or "") for index, row in enumerate(rows)}
        sound: set[int | None] = {None}
        for index in self._above:
            at = self._above[index]
            if at in sound:
                sound.add(index)
                continue
            passed = {index}
            while at is not None and at not in sound and at not in passed:
                passed.add(at)
                at = self._above[at]
            if at == index:
                self._above[index] = at = None
            if at in sound:
                sound.add(index)
        self.children: dict[int | None, list[int]] = {}
        for index, above in self._above.items():
            self.children.setdefault(above, []).append(index)

    def ancestors(self, index: int) -> list[int]:
        """The rows above, nearest first."""
        found: list[int] = []
        above = self._above[index]
        while above is not None and above not in found:
            found.append(above)
            above = self._above[above]
        return found

    def depth(self, index: int) -> int:
        """How many rows are above."""
        return len(self.ancestors(index))

    def with_ancestors(self, indices: Iterable[int]) -> list[int]:
        """These rows and all above them, in the original order."""
        return sorted({wanted for index in indices for wanted in (index, *self.ancestors(index))})

    def flatten(self, order: Sequence[int], folded: Callable[[int], bool]) -> list[int]:
        """The rows of `order` as a tree reads: each followed by those under it, unless they are folded away."""
        under: dict[int | None, list[int]] = {}
        for index in order:
            under.setdefault(self._above[index], []).append(index)
        shown: list[int] = []
        waiting = under.get(None, [])[::-1]
        while waiting:
            index = waiting.pop()
            shown.append(index)
            if not folded(index):
                waiting.extend(under.get(index, [])[::-1])
        return shown


def _ordered(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
