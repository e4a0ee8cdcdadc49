"""The columns that the reader wants to see: a table without those put away, which are out of reach with their cells."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from salestui.model.values.errors import UsageProblem
from salestui.tui.widgets.grid.copy import is_headed
from salestui.tui.widgets.grid.model import Cell, Column, Fold, GridModel, Sorting


class ShownColumns(GridModel):
    """The columns of another model but the hidden ones, renumbered; the first, which names the row, always stays."""

    def __init__(self, model: GridModel, hidden: Collection[str], frozen_to: str = "") -> None:
        """`frozen_to` is the last of the columns that stay in view, where the reader has chosen one."""
        self.model = model
        order = range(len(model.columns)) if model.order is None else model.order
        self.numbers = tuple(number for number in order if not number or model.columns[number].key not in hidden)
        shown = [model.columns[number] for number in self.numbers]
        last = next((at for at, column in enumerate(shown) if column.key == frozen_to), None)
        self.columns: Sequence[Column] = tuple(
            column if last is None else replace(column, frozen=at <= last) for at, column in enumerate(shown)
        )
        self.reread()

    def reread(self) -> None:
        """Take over what of the model may have changed and is no method."""
        self.frozen_rows = self.model.frozen_rows

    def cells_of(self, cells: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """The cells with the numbers that their columns have in the model."""
        return tuple((row, self.numbers[column]) for row, column in cells)

    @property
    def row_count(self) -> int:
        """As the model."""
        return self.model.row_count

    def cell(self, row: int, column: int) -> Cell:
        """As the model."""
        return self.model.cell(row, self.numbers[column])

    def row_key(self, row: int) -> str:
        """As the model."""
        return self.model.row_key(row)

    @property
    def empty(self) -> str:
        """As the model."""
        return self.model.empty

    @property
    def sorting(self) -> Sorting | None:
        """As the model."""
        return self.model.sorting

    @property
    def filtered(self) -> str:
        """As the model."""
        return self.model.filtered

    def row_of(self, key: str) -> int | None:
        """As the model."""
        return self.model.row_of(key)

    def copy_text(self, row: int, column: int) -> str:
        """As the model."""
        return self.model.copy_text(row, self.numbers[column])

    def fold(self, row: int) -> Fold | None:
        """As the model."""
        return self.model.fold(row)

    def number(self, row: int, column: int) -> Decimal | None:
        """As the model."""
        return self.model.number(row, self.numbers[column])

    def describe(self, row: int, column: int) -> str:
        """As the model."""
        return self.model.describe(row, self.numbers[column])

    def status(self) -> str:
        """As the model."""
        return self.model.status()

    def status_at(self, row: int, column: int, *, marked: bool) -> str:
        """As the model."""
        return self.model.status_at(row, self.numbers[column], marked=marked)

    def apart(self, cells: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """As the model."""
        shown = {number: column for column, number in enumerate(self.numbers)}
        return [(row, shown[number]) for row, number in self.model.apart(self.cells_of(cells))]

    @property
    def expression_names(self) -> str:
        """As the model."""
        return self.model.expression_names

    def editable(self, row: int, column: int) -> bool:
        """As the model."""
        return self.model.editable(row, self.numbers[column])

    def is_figure(self, row: int, column: int) -> bool:
        """As the model."""
        return self.model.is_figure(row, self.numbers[column])

    def is_asked_for(self, row: int, column: int) -> bool:
        """As the model."""
        return self.model.is_asked_for(row, self.numbers[column])

    def why_not(self, row: int, column: int) -> UsageProblem:
        """As the model."""
        return self.model.why_not(row, self.numbers[column])

    def edit_text(self, row: int, column: int) -> str:
        """As the model."""
        return self.model.edit_text(row, self.numbers[column])

    def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
        """As the model."""
        self.model.enter(self.cells_of(cells), text)

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """As the model."""
        self.model.clear(self.cells_of(cells))

    def fill(self, rows: Sequence[int], columns: Sequence[int], direction: Literal["down", "right"]) -> None:
        """As the model."""
        self.model.fill(rows, [self.numbers[column] for column in columns], direction)

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """As the model, where no hidden column would be pasted over that no title names."""
        numbers = [self.numbers[column] for column in columns]
        if is_headed(table[0], self.model.columns):
            self.model.paste(row, numbers, table)
            return
        first, width = numbers[0], max(map(len, table), default=0)
        wanted = [
            number
            for number in range(first, len(self.model.columns))
            if number in numbers or not self.model.columns[number].derived
        ]
        over = [self.model.columns[number].title for number in wanted[:width] if number not in numbers]
        if over:
            raise UsageProblem(
                f"This would be pasted over the hidden column {over[0]}", remedy="Show it first, with C, or paste less."
            )
        self.model.paste(row, numbers, table)
