"""A feed's columns by name, and fields put together from them: still texts, read as what they mean later."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from salestui.exchange.mapping import Expression, Feed, Join, Style
from salestui.exchange.numbers import NumberStyle
from salestui.exchange.reading import Sheet, folded
from salestui.exchange.sums import summed
from salestui.exchange.trouble import Fault, Refusal, Trouble
from salestui.metrics.formula import Formula

_PART = re.compile(r"\{([^{}]*)\}")


def parts_of(template: str) -> list[str]:
    """The columns a template names."""
    return _PART.findall(template)


def columns_of(feed: Feed) -> list[str]:
    """Every column a feed names, those of joined files included."""
    found: list[str] = [*feed.where, *feed.where_not, *feed.filled, *feed.translate]
    for expression in feed.fields.values():
        if expression.column is not None:
            found.append(expression.column)
        if expression.template is not None:
            found.extend(parts_of(expression.template))
    for join in feed.joins:
        found.extend(here for here, _ in join.on)
        found.extend(f"{join.name}.{there}" for _, there in join.on)
        found.extend(f"{join.name}.{name}" for formula in join.sums.values() for name in sorted(formula.names))
    return found


class Columns:
    """A feed's columns by name: the file's own and, as `Join.Column`, those of the files beside it."""

    def __init__(self, feed: Feed, sheet: Sheet, others: Mapping[str, Sheet], trouble: Trouble) -> None:
        self.none = feed.style.none
        self._feed = feed
        self._sheet = sheet
        self._others = others
        self._trouble = trouble
        self._found: dict[str, list[str | None] | None] = {}
        self._translate = {folded(name): table for name, table in feed.translate.items()}

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        key = folded(name)
        if key in self._sheet.columns:
            return True
        join, rest = self._joined(key)
        if join is None:
            return False
        there, formula = self._others[join.name].columns, self._formula(join, rest)
        return rest in there if formula is None else all(folded(each) in there for each in formula.names)

    def cells(self, name: str) -> list[str | None] | None:
        """A column's texts, None for nothing; None where there is no such column."""
        key = folded(name)
        if key not in self._found:
            self._found[key] = self._translated(key, self._look_up(key))
        return self._found[key]

    def _look_up(self, key: str) -> list[str | None] | None:
        if not self.has(key):
            return None
        if key in self._sheet.columns:
            return plain(self._sheet.columns[key], self._feed.style)
        join, rest = self._joined(key)
        if join is None:
            return None
        formula = self._formula(join, rest)
        if formula is not None:
            return self._summed(join, formula)
        return self._one_beside(join, rest, plain(self._others[join.name].columns[rest], self._feed.style))

    def _joined(self, key: str) -> tuple[Join | None, str]:
        """The join that `Join.Column` names, and the column."""
        for join in self._feed.joins:
            prefix = folded(join.name) + "."
            if key.startswith(prefix):
                return join, key.removeprefix(prefix)
        return None, key

    def _formula(self, join: Join, name: str) -> Formula | None:
        return next((each for title, each in join.sums.items() if folded(title) == name), None)

    def _one_beside(self, join: Join, name: str, there: Sequence[str | None]) -> list[str | None]:
        """The other file's cell for each row here; several that differ make the join one that cannot be meant."""
        found = []
        for rows in self._beside[join.name]:
            if len({there[row] for row in rows}) > 1:
                other = self._others[join.name]
                numbers = " and ".join(str(other.numbers[row]) for row in rows[:2])
                fault = Fault(
                    f"Several rows belong together with one row of {self._sheet.name}, such as {numbers}",
                    "one row for each",
                    "Join on more columns, or by another file.",
                )
                self._trouble.refuse_file(self._feed.entity, other.name, fault, other.titles.get(name, name))
                return [None] * len(self._beside[join.name])
            found.append(there[rows[0]] if rows else None)
        return found

    def _summed(self, join: Join, formula: Formula) -> list[str | None]:
        other = self._others[join.name]
        columns = {name: plain(other.columns[folded(name)], self._feed.style) for name in formula.names}
        style = NumberStyle(self._feed.style.decimal)
        sums, faults = summed(formula, columns, self._beside[join.name], style)
        for row, fault in faults.items():
            self._trouble.refuse(Refusal(self._feed.entity, other.name, other.numbers[row], formula.text, None, fault))
        return sums

    def _translated(self, key: str, cells: list[str | None] | None) -> list[str | None] | None:
        table = self._translate.get(key)
        if cells is None or table is None:
            return cells
        return [None if cell is None else table.get(cell, cell) for cell in cells]

    @cached_property
    def _beside(self) -> dict[str, list[list[int]]]:
        return {join.name: self._rows_of(join) for join in self._feed.joins}

    def _rows_of(self, join: Join) -> list[list[int]]:
        """For each row here, the rows there that belong to it."""
        other = self._others[join.name]
        there = [plain(other.columns.get(folded(name), []), self._feed.style) for _, name in join.on]
        index: dict[tuple[str | None, ...], list[int]] = {}
        for row, key in enumerate(zip(*there, strict=True)):
            index.setdefault(key, []).append(row)
        here = [self.cells(name) or [None] * len(self._sheet.numbers) for name, _ in join.on]
        return [[] if None in key else index.get(key, []) for key in zip(*here, strict=True)]


def plain(cells: Sequence[str], style: Style) -> list[str | None]:
    """Cells trimmed, with None for what stands for nothing."""
    nothing = {each.strip() for each in style.none} | {""}
    return [None if (text := cell.strip()) in nothing else text for cell in cells]


def texts_of(expression: Expression, columns: Columns, rows: int) -> list[str | None] | None:
    """A field's texts, row by row, before they are converted; None where a column it needs is not there."""
    if expression.value is not None:
        texts: list[str | None] | None = [expression.value.strip() or None] * rows
    elif expression.template is not None:
        texts = _filled_in(expression.template, columns)
    else:
        texts = columns.cells(expression.column or "")
        if texts is not None and expression.style.none != columns.none:
            nothing = {each.strip() for each in expression.style.none}
            texts = [None if text in nothing else text for text in texts]
    if texts is None or not (expression.translate or expression.otherwise is not None):
        return texts
    table, otherwise = expression.translate, expression.otherwise
    return [
        None if text is None else (table.get(text, text if otherwise is None else otherwise) or None) for text in texts
    ]


def _filled_in(template: str, columns: Columns) -> list[str | None] | None:
    parts = [columns.cells(name) for name in parts_of(template)]
    if any(part is None for part in parts):
        return None
    literals = _PART.split(template)[::2]
    texts: list[str | None] = []
    for cells in zip(*(part for part in parts if part is not None), strict=True):
        if not any(cells):
            texts.append(None)
            continue
        pieces = [literals[0]]
        for cell, literal in zip(cells, literals[1:], strict=True):
            pieces += [cell or "", literal]
        texts.append(" ".join("".join(pieces).split()) or None)
    return texts
