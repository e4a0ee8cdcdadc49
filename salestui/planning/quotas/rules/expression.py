"""What is typed behind `=`: computed once, from the numbers around a cell, and kept as an amount.

    =ly*1.12  =left*1.02  =avg(row)  =max(col)*95%  =round(target/12, 1k)  =before+10k

`5%` is 0.05. Anything missing makes the result missing, and that is refused with the reason: never silently no quota.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from salestui.metrics.formula import Language, Value, parse
from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line
from salestui.planning.quotas.rules.outcome import too_large
from salestui.planning.quotas.rules.ways import Way
from salestui.planning.quotas.sheet import Sheet
from salestui.planning.year_before import YearBefore

Lookup = Callable[[int, int], Amount | None]
"""The amount that goes with a row and a column of the sheet; None where there is none."""


class Around(NamedTuple):
    """What an expression can read besides the sheet itself."""

    last_year: Lookup | None = None
    target: Lookup | None = None
    submitted: Lookup | None = None
    before: Lookup | None = None
    order: Sequence[int] | None = None
    """The rows as they are shown; without it, as the sheet has them."""
    months_before: YearBefore | None = None
    """Which months count as last year's."""
    by_last_year: Way | None = None
    """How a sum that was worked out from last year is spread where no quota stands yet."""


_WORDS = {
    "ly": "last year",
    "left": "quota in the column to the left",
    "right": "quota in the column to the right",
    "above": "quota above",
    "below": "quota below",
    "target": "target",
    "submitted": "submitted quota",
    "before": "saved quota",
}
_OVER = {"row": "other month in this row", "col": "other row beside this one", "children": "quota under this row"}
_SHARES = {"k": Decimal(10**3), "m": Decimal(10**6), "b": Decimal(10**9), "%": Decimal("0.01")}
_NUMBER = re.compile(r"(?<![\w.])([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:([kmb])(?!\w)|(%)(?!\s*[\w.(]))")
_CALL = re.compile(r"\b(avg|sum|min|max|median)\s*\(\s*(row|col|children)\s*\)")
_EXPECTED = "such as =ly*1.12, =left*1.02, =avg(row) or =round(target/12, 1k)"
_SHOWN = 40


def _average(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


def _median(numbers: Sequence[Decimal]) -> Decimal:
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


_FOLDS: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "avg": _average,
    "sum": lambda numbers: sum(numbers, Decimal(0)),
    "min": min,
    "max": max,
    "median": _median,
}


def _to_multiple(number: Decimal, step: Decimal) -> Value:
    return (number / step).to_integral_value() * step if step > 0 else None


_LANGUAGE = Language("name", _EXPECTED, {"round": _to_multiple})
_KNOWN = (*_WORDS, *(f"{fold}_{over}" for fold in _FOLDS for over in _OVER))


class Expression:
    """An expression that was understood."""

    def __init__(self, text: str, around: Around, step: Amount) -> None:
        """`text` begins with `=`; the result is rounded once, half to even, to whole steps. UsageProblem otherwise."""
        self._shown = f"“{fit(safe_line(text), _SHOWN)}”"
        self._around, self._step = around, step
        plain = _CALL.sub(r"\1_\2", _NUMBER.sub(_in_full, text[1:].lower()))
        alone = re.search(r"\b(row|col|children)\b", plain)
        if alone:
            raise UsageProblem(f"“{alone[0]}” is several numbers", where=self._shown, expected=f"avg({alone[0]}) or so")
        try:
            self._formula = parse(plain, _KNOWN, _LANGUAGE)
        except UsageProblem as problem:
            raise UsageProblem(
                _as_typed(problem.what), where=self._shown, expected=_EXPECTED, remedy=_as_typed(problem.remedy)
            ) from problem

    @property
    def names(self) -> Collection[str]:
        """What it reads."""
        return self._formula.names

    def units(self, sheet: Sheet, row: int, span: int) -> int:
        """Its value in a cell, in smallest units. UsageProblem where something it needs is missing, with the reason."""
        names = {name: self._value(sheet, row, span, name) for name in self._formula.names}
        value = self._formula.value(names)
        if value is None:
            missing = next((name for name, known in names.items() if known is None), None)
            reason = "it divides by zero" if missing is None else f"there is no {_called(missing)} here"
            where = f"{sheet.nodes[row].label} {sheet.spans[span].label}"
            raise UsageProblem(f"{self._shown} comes to nothing: {reason}", where=where, expected="an amount")
        try:
            return Amount(1).scaled(value, step=self._step).units
        except ValueError as error:
            raise too_large() from error

    def _value(self, sheet: Sheet, row: int, span: int, name: str) -> Value:
        fold, _, over = name.partition("_")
        if over:
            numbers = [amount.decimal for amount in _several(sheet, row, span, over) if amount is not None]
            return _FOLDS[fold](numbers) if numbers else None
        amount = self._one(sheet, row, span, name)
        return None if amount is None else amount.decimal

    def _one(self, sheet: Sheet, row: int, span: int, name: str) -> Amount | None:
        around = self._around
        lookups = {
            "ly": around.last_year,
            "target": around.target,
            "submitted": around.submitted,
            "before": around.before,
        }
        if name in lookups:
            lookup = lookups[name]
            return None if lookup is None else lookup(row, span)
        place = _beside(sheet, row, span, name, around.order)
        return None if place is None else sheet.value(*place)


def _in_full(match: re.Match[str]) -> str:
    return f"{Decimal(match[1]) * _SHARES[match[2] or match[3]]:f}"


def _as_typed(told: str) -> str:
    return re.sub(r"\b(avg|sum|min|max|median)_(row|col|children)\b", r"\1(\2)", told)


def _called(name: str) -> str:
    _, _, over = name.partition("_")
    return _OVER[over] if over else _WORDS[name]


def _several(sheet: Sheet, row: int, span: int, over: str) -> Iterator[Amount | None]:
    """The other months of the row, the rows beside it under the same one, or those right under it."""
    if over == "row":
        here = sheet.spans[span].months
        months = [number for number, other in enumerate(sheet.spans) if other.is_month and other.first not in here]
        return (sheet.value(row, month) for month in months)
    if over == "children":
        return (sheet.value(below, span) for below in sheet.children(row))
    above = sheet.nodes[row].parent
    beside = [] if above is None else [other for other in sheet.children(above) if other != row]
    return (sheet.value(other, span) for other in beside)


def _beside(sheet: Sheet, row: int, span: int, name: str, order: Sequence[int] | None) -> tuple[int, int] | None:
    """The nearest cell of the same kind on a side: a month beside a month, a sum above a sum; None where is none."""
    back = name in {"left", "above"}
    if name in {"left", "right"}:
        width = len(sheet.spans[span].months)
        same = [number for number, other in enumerate(sheet.spans) if len(other.months) == width]
        at = same.index(span) + (-1 if back else 1)
        return (row, same[at]) if 0 <= at < len(same) else None
    rows: Sequence[int] = range(len(sheet.nodes)) if order is None else order
    at = rows.index(row)
    others = reversed(rows[:at]) if back else rows[at + 1 :]
    kind = sheet.nodes[row].is_leaf
    found = next((other for other in others if sheet.nodes[other].is_leaf == kind), None)
    return None if found is None else (found, span)
