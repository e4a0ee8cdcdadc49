"""Sums over the rows of a joined file, such as an order's amount over its lines; exact, and rounded once."""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from salestui.exchange.numbers import NumberStyle, decimals
from salestui.exchange.trouble import Fault
from salestui.metrics.formula import Formula, parse

_PLACES = Decimal("0.0001")
_DIGITS = 60


def formula_of(text: str) -> Formula:
    """What is to be summed: a formula over columns whose names are plain words. UsageProblem where it is none."""
    return parse(text, set(re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text)))


def summed(
    formula: Formula, columns: Mapping[str, Sequence[str | None]], groups: Sequence[Sequence[int]], style: NumberStyle
) -> tuple[list[str | None], dict[int, Fault]]:
    """Each group of rows' sum as text, None for one that is empty or holds a fault; and the faults."""
    faults: dict[int, Fault] = {}
    values: dict[str, list[Decimal | None]] = {}
    for name, cells in columns.items():
        found = decimals(cells, style)
        faults |= {row: value for row, value in enumerate(found) if isinstance(value, Fault)}
        values[name] = [None if isinstance(value, Fault) else value for value in found]
    with localcontext() as context:
        context.prec = _DIGITS
        sums: list[str | None] = []
        for rows in groups:
            parts = [formula.value({name: cells[row] for name, cells in values.items()}) for row in rows]
            known = [part for part in parts if part is not None]
            whole = len(known) == len(parts) and bool(parts)
            sums.append(format(sum(known, Decimal(0)).quantize(_PLACES, ROUND_HALF_EVEN), "f") if whole else None)
    return sums, faults
