"""What the status line says: what stands in one cell, or how much a range adds up to."""

from decimal import Decimal, localcontext

from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.ranges import Boxes
from salestui.tui.widgets.grid.render import Foot

_MOST_ADDED = 10_000  # cells that are added up while a key waits
_DIGITS = 400


def foot(model: GridModel, row: int, column: int, marked: Boxes) -> Foot:
    """What is said of the cell, or of what is marked, and after it what is always said."""
    if not model.row_count:
        return Foot("", model.status())
    several = bool(marked) and marked.size > 1
    right = model.status_at(row, column, marked=several)
    left = summary(model, marked) if several else model.describe(row, column)
    return Foot(left, right)


def summary(model: GridModel, marked: Boxes) -> str:
    """`3 cells  Σ 325,000  avg 108,333`: exact, the average with as many decimals as its numbers have.

    `2 of 3 cells` where one has no number, or is the sum of others; only `3 cells` where none has, or where there are
    too many to add up.
    """
    size = marked.size
    counted = f"{size:,} cells"
    if size > _MOST_ADDED:
        return counted
    found = [model.number(row, column) for row, column in model.apart([*marked.cells()])]
    numbers = [number for number in found if number is not None]
    if not numbers:
        return counted
    with localcontext(prec=_DIGITS):
        places = min(*(_exponent(number) for number in numbers), 0)
        total = sum(numbers, Decimal(0))
        average = (total / len(numbers)).quantize(Decimal(1).scaleb(places))
        amounts = f"Σ {_shown(total)}  avg {_shown(average)}"
    of = "" if len(numbers) == size else f"{len(numbers):,} of "
    return f"{of}{counted}  {amounts}"


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _shown(number: Decimal) -> str:
    return f"{number.normalize():,f}".replace("-", "−")
