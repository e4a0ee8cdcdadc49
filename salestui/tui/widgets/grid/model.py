"""What a table shows, and what it takes: the vocabulary between the `Grid` widget and whoever has the rows.

A table for a list of things takes no class of its own, see `list_model.ListModel`. For anything else, subclass
`GridModel` and write four members: `columns`, `row_count`, `row_key` and `cell`.

    class Squares(GridModel):
        columns = (Column("n", "Number", frozen=True), Column("square", "Square", kind="number"))

        @property
        def row_count(self) -> int:
            return 100_000

        def row_key(self, row: int) -> str:
            return str(row)

        def cell(self, row: int, column: int) -> Cell:
            return Cell(f"{row**2:,}" if column else str(row))

Rows are numbered from zero as they are shown now, so that sorting, filtering and folding renumber them; a row's key
stays with it. The grid asks only for the cells it shows, so a model may have any number of rows; each answer should
be quick, and no query.

A table that can be typed into says where (`editable`) and takes what is typed (`enter`), emptied (`clear`), pasted
(`paste`) and, if it can be, filled (`fill`): all of it or, with a `Problem` that tells why, nothing. With `number` a
range adds up and a copy of it has plain numbers, whatever the cells show. What is not saved yet is the model's to
keep, and to mark in its cells.

    class Targets(GridModel):
        columns = (Column("who", "Who", frozen=True), Column("target", "Target", kind="number"))

        def __init__(self, targets: dict[str, Amount | None]) -> None:
            self.targets, self.people, self.typed = targets, list(targets), set[str]()

        @property
        def row_count(self) -> int:
            return len(self.people)

        def row_key(self, row: int) -> str:
            return self.people[row]

        def cell(self, row: int, column: int) -> Cell:
            name = self.people[row]
            return Cell(money(self.targets[name]), mark="•" if name in self.typed else "") if column else Cell(name)

        def number(self, row: int, column: int) -> Decimal | None:
            target = self.targets[self.people[row]]
            return target.decimal if column and target is not None else None

        def status(self) -> str:
            return f"{len(self.typed)} unsaved"

        def editable(self, row: int, column: int) -> bool:
            return column == 1

        def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
            self.take({self.people[row]: entered(text, self.targets[self.people[row]]) for row, _ in cells})

        def clear(self, cells: Sequence[tuple[int, int]]) -> None:
            self.take({self.people[row]: None for row, _ in cells})

        def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
            if columns[0] != 1 or row + len(table) > len(self.people) or any(len(line) > 1 for line in table):
                raise DataProblem("This does not fit", expected="one column of targets, pasted at a target")
            self.take({name: entered(line[0], None) for name, line in zip(self.people[row:], table)})

        def take(self, targets: dict[str, Amount | None]) -> None:
            self.targets |= targets
            self.typed |= set(targets)

    yield Grid(Targets({"Ruiz, Ana": Amount(120_000), "Chen, Bo": None}), cursor="cell", status=True)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

from salestui.model.values.errors import UsageProblem
from salestui.model.values.show import NOTHING

Tone = Literal["normal", "good", "warn", "bad", "muted", "total", "head"]
Align = Literal["left", "right"]
Kind = Literal["text", "number", "date"]


@dataclass(frozen=True)
class Column:
    """One column.

    `width` is in cells; without it the column is as wide as what it has shown so far needs, text at most a share of
    the screen. A number is never cut: its column grows past `width`, and so does text where the screen has room left
    over. `frozen` columns at the left stay in view. A `derived` column is made of others, and a table that is
    pasted may leave it out.
    """

    key: str
    title: str
    width: int | None = None
    align: Align | None = None
    kind: Kind = "text"
    frozen: bool = False
    sortable: bool = True
    derived: bool = False

    @property
    def right(self) -> bool:
        """Whether its cells end at the same place: numbers do unless told otherwise."""
        return self.align == "right" or (self.align is None and self.kind == "number")


class Cell(NamedTuple):
    """What stands in a cell: data text (never markup), a tone, and a mark of one cell after the text.

    A good, warn or bad cell without a mark gets `✓`, `!` or `✗`, so that its meaning does not rest on colour; a blank
    mark is none.
    """

    text: str
    tone: Tone = "normal"
    mark: str = ""


class Fold(NamedTuple):
    """A row's place in a tree: how deep it is, and whether it has rows under it that can be put away."""

    depth: int = 0
    foldable: bool = False
    folded: bool = False


class Sorting(NamedTuple):
    """The column the rows are sorted by."""

    column: str
    descending: bool = False


class GridModel(Protocol):
    """The rows and columns of a table; see the module's docstring."""

    columns: Sequence[Column]
    """From left to right, frozen ones first, always the same: other columns are another model."""

    frozen_rows: int = 0
    """So many rows at the top, such as totals, stay in view above those that scroll."""

    order: Sequence[int] | None = None
    """The numbers of all columns from left to right, where that is another order than theirs."""

    @property
    def row_count(self) -> int:
        """How many rows are shown now."""

    def cell(self, row: int, column: int) -> Cell:
        """What stands there."""

    def row_key(self, row: int) -> str:
        """The name of what the row is about."""

    @property
    def empty(self) -> str:
        """What to say when there are no rows: what to do first."""
        return "Nothing here yet."

    @property
    def sorting(self) -> Sorting | None:
        """How the rows are sorted; None in their original order."""
        return None

    @property
    def filtered(self) -> str:
        """The text that the rows shown are those with; nothing where all are shown."""
        return ""

    def row_of(self, key: str) -> int | None:
        """Where the row of that key is shown now, if it is."""
        return next((row for row in range(self.row_count) if self.row_key(row) == key), None)

    def copy_text(self, row: int, column: int) -> str:
        """The cell's text when it is copied: its `number` in full, as a spreadsheet takes it; nothing for None."""
        number, text = self.number(row, column), self.cell(row, column).text
        return f"{number.normalize():f}" if number is not None else "" if text == NOTHING else text

    def fold(self, row: int) -> Fold | None:
        """The row's place in the tree; None where it is in none."""
        return None

    def set_folded(self, row: int, folded: bool) -> None:
        """Put the rows under this one away, or bring them back."""
        return

    def sort(self, sorting: Sorting | None) -> None:
        """Sort the rows by a column, or put them back into their original order."""
        return

    def filter(self, text: str, column: str | None = None) -> None:
        """Show only the rows with this text in that column, or in any; an empty text shows all."""
        return

    def number(self, row: int, column: int) -> Decimal | None:
        """What the cell adds to the sum and the average of a range; None where it has no number, or none to add up."""
        return None

    def describe(self, row: int, column: int) -> str:
        """What the status line says while the cursor is on this cell."""
        return self.cell(row, column).text

    def status(self) -> str:
        """What the status line always ends with."""
        return ""

    def status_at(self, row: int, column: int, *, marked: bool) -> str:
        """What it ends with while the cursor is on this cell, or `marked` cells are added up at the left."""
        return self.status()

    def apart(self, cells: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """Of these cells those that add up: without the sums of others among them, where the table has any."""
        return cells

    @property
    def expression_names(self) -> str:
        """What may stand in an expression behind `=`, for the footer; nothing where none is understood."""
        return ""

    def editable(self, row: int, column: int) -> bool:
        """Whether something can be typed there."""
        return False

    def is_figure(self, row: int, column: int) -> bool:
        """Whether what begins an entry is never a command there, even where nothing can be typed."""
        return self.editable(row, column)

    def is_asked_for(self, row: int, column: int) -> bool:
        """Whether the screen asks for what is typed there, in a line of its own: see `messages.EntryAsked`."""
        return False

    def why_not(self, row: int, column: int) -> UsageProblem:
        """What to say where nothing can be typed."""
        return UsageProblem("Nothing can be typed here")

    def edit_text(self, row: int, column: int) -> str:
        """The text that editing what is there begins with."""
        return self.copy_text(row, column)

    def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
        """Take what was typed for these editable cells, (row, column) each; a `Problem` takes it for none of them."""
        return

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """Empty these editable cells, so that there is nothing, which is not 0; a `Problem` empties none."""
        return

    def fill(self, rows: Sequence[int], columns: Sequence[int], direction: Literal["down", "right"]) -> None:
        """Set these cells to what the first row of them holds, or the first column; a `Problem` fills none."""
        return

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """Take a table of texts with its first in that row and the first of the columns, all or nothing.

        The columns are those that are shown from the cursor on.

        A `Problem` where it does not fit, would touch a cell that is not editable, or holds what cannot be taken.
        """
        return
