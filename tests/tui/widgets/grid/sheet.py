"""A sheet of made-up quotas that can be typed into: people by months, quarters and a frozen row that add them up."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from salestui.model.values.amount import Amount
from salestui.model.values.entry import entered, plain
from salestui.model.values.errors import DataProblem
from salestui.model.values.show import money
from salestui.tui.widgets.grid.model import Cell, Column, GridModel

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST = Amount(100_000)
TOTAL = 0
_EVERY = 4  # three months and their quarter


class Sheet(GridModel):
    """The first row is the total; months of people can be typed into."""

    def __init__(self, people: int, frozen_rows: int = 1) -> None:
        self.people, self.frozen_rows = people, frozen_rows
        self.typed: dict[tuple[int, int], Amount | None] = {}
        quarters = [[*MONTHS[start : start + 3], f"Q{start // 3 + 1}"] for start in range(0, 12, 3)]
        titles = [title for quarter in quarters for title in quarter]
        self.columns = (
            Column("name", "Person", frozen=True),
            *(Column(title, title, kind="number") for title in titles),
        )

    @property
    def row_count(self) -> int:
        """People and their total."""
        return self.people + 1

    def row_key(self, row: int) -> str:
        """The row's name."""
        return f"Person {row:06}" if row else "Total"

    def amount(self, row: int, column: int) -> Amount | None:
        """What stands there."""
        if column % _EVERY == 0:
            return Amount.sum(filter(None, (self.amount(row, column - back) for back in (3, 2, 1))))
        if row == TOTAL:
            typed = [amount for (_, at), amount in self.typed.items() if at == column]
            return FIRST * (self.people - len(typed)) + Amount.sum(filter(None, typed))
        return self.typed.get((row, column), FIRST)

    def cell(self, row: int, column: int) -> Cell:
        """In thousands, marked where it was typed."""
        if not column:
            return Cell(self.row_key(row))
        text = money(self.amount(row, column), unit="k")
        return Cell(text, "total" if row == TOTAL else "normal", "•" if (row, column) in self.typed else "")

    def number(self, row: int, column: int) -> Decimal | None:
        """The amount."""
        amount = self.amount(row, column) if column else None
        return amount.decimal if amount is not None else None

    def describe(self, row: int, column: int) -> str:
        """Whose and which it is, in full."""
        return f"{self.row_key(row)} {self.columns[column].title} {self.copy_text(row, column)}"

    def status(self) -> str:
        """How many cells were typed."""
        return f"{len(self.typed)} typed"

    def editable(self, row: int, column: int) -> bool:
        """Months of people."""
        return row != TOTAL and column % _EVERY != 0

    def edit_text(self, row: int, column: int) -> str:
        """The amount as it would be typed."""
        return plain(self.amount(row, column))

    def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
        """An amount, or a change of what stands there."""
        self.typed |= {cell: entered(text, self.amount(*cell)) for cell in cells}

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """No amount."""
        self.typed |= dict.fromkeys(cells, None)

    def fill(self, rows: Sequence[int], columns: Sequence[int], direction: Literal["down", "right"]) -> None:
        """Amounts, into months of people; sums between them are left alone."""
        down = direction == "down"
        cells = {
            (row, column): self.amount(rows[0] if down else row, column if down else columns[0])
            for row in rows
            for column in columns
        }
        if not (taken := {cell: amount for cell, amount in cells.items() if self.editable(*cell)}):
            raise DataProblem("There are only totals here")
        self.typed |= taken

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """Amounts that fit into months of people."""
        cells = {
            (row + down, columns[0] + right): text for down, line in enumerate(table) for right, text in enumerate(line)
        }
        if any(at >= self.row_count or over >= len(self.columns) for at, over in cells):
            raise DataProblem("What was pasted goes beyond the table")
        if not all(self.editable(*cell) for cell in cells):
            raise DataProblem("What was pasted goes over totals")
        self.typed |= {cell: entered(text, None) for cell, text in cells.items()}
