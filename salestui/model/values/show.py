"""How numbers are printed for people. What is not known prints as a dash, and never as zero."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from salestui.model.values.amount import Amount
from salestui.model.values.exact import fraction, half_even

NOTHING = "–"
_LEVELS = "▁▂▃▄▅▆▇█"
_UNITS: tuple[tuple[str, int], ...] = (("", 1), ("k", 10**3), ("M", 10**6), ("B", 10**9), ("T", 10**12))

Unit = Literal["", "k", "M", "B", "T"]


def money(amount: Amount | None, style: Literal["short", "full"] = "short", unit: Unit | None = None) -> str:
    """`4.21M`, `64k` in three digits; `1,325k` in whole ones of a given unit; `1,145,149.1969` in full."""
    if amount is None:
        return NOTHING
    if style == "full":
        return _full(amount.units)
    if unit is not None:
        return _fixed(amount.units, 10**4 * dict(_UNITS)[unit], 0) + unit
    return _short(amount.units)


def whole(amount: Amount | None) -> str:
    """In whole currency units, `1,145,149`; in full where these would be nothing, `0.40`."""
    if amount is None:
        return NOTHING
    return _fixed(amount.units, 10**4, 0) if half_even(amount.units, 10**4) else _full(amount.units)


def cents(amount: Amount | None) -> str:
    """With at most two decimals, `740,468.12`; in full where these would be nothing."""
    if amount is None:
        return NOTHING
    hundredths = half_even(amount.units, 100)
    return _full(hundredths * 100 if hundredths else amount.units)


def exact(amount: Amount | None) -> str:
    """The whole truth, as short as that can be: `82.5k`, `2,038k`, but `12,345`."""
    if amount is None:
        return NOTHING
    hundreds, rest = divmod(amount.units, 100 * 10**4)
    if rest or -10 < hundreds < 10:
        return _full(amount.units)
    return _fixed(hundreds, 10, 1 if hundreds % 10 else 0) + "k"


def percent(ratio: Decimal | None, places: int = 0) -> str:
    """A ratio in hundredths: `71%`."""
    if ratio is None:
        return NOTHING
    numerator, denominator = fraction(ratio)
    return _fixed(numerator * 100, denominator, places) + "%"


def times(ratio: Decimal | None, places: int = 1) -> str:
    """A multiple: `2.4×`."""
    return NOTHING if ratio is None else _fixed(*fraction(ratio), places) + "×"


def count(number: int | None) -> str:
    """A whole number with thousands commas: `1,234`."""
    return NOTHING if number is None else _fixed(number, 1, 0)


def counted(number: int, noun: str) -> str:
    """A number with what is counted: `1 quota`, `1,200 quotas`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def days(number: Decimal | int | None, places: int = 0) -> str:
    """A length of time: `45 days`."""
    if number is None:
        return NOTHING
    shown = _fixed(*fraction(number), places)
    return f"{shown} day" if shown in {"1", "−1"} else f"{shown} days"


def sparkline(values: Sequence[Amount | Decimal | int | None]) -> str:
    """One bar a value, in eight heights from zero (or the lowest value, if that is below) to the highest."""
    numbers = [_decimal(value) for value in values]
    known = [number for number in numbers if number is not None]
    low, high = min([*known, Decimal(0)]), max([*known, Decimal(0)])
    return "".join(" " if number is None else _bar(number, low, high) for number in numbers)


def _full(units: int) -> str:
    exact = _fixed(units, 10**4, 4)
    if exact.endswith(".0000"):
        return exact[:-5]
    return exact[:-2] + exact[-2:].rstrip("0")


def _short(units: int) -> str:
    for suffix, size in _UNITS:
        whole = 10**4 * size
        for places in (2, 1, 0):
            rounded = half_even(abs(units) * 10**places, whole)
            if rounded < 1000:
                shown = _fixed(units, whole, places)
                return (shown if rounded % 10**places else shown.partition(".")[0]) + suffix
    suffix, size = _UNITS[-1]
    return _fixed(units, 10**4 * size, 0) + suffix


def _fixed(numerator: int, denominator: int, places: int) -> str:
    rounded = half_even(numerator * 10**places, denominator)
    whole, part = divmod(abs(rounded), 10**places)
    sign = "−" if rounded < 0 else ""
    return f"{sign}{whole:,}.{part:0{places}}" if places else f"{sign}{whole:,}"


def _decimal(value: Amount | Decimal | int | None) -> Decimal | None:
    return value.decimal if isinstance(value, Amount) else None if value is None else Decimal(value)


def _bar(number: Decimal, low: Decimal, high: Decimal) -> str:
    if low == high:
        return _LEVELS[0]
    return _LEVELS[int((number - low) / (high - low) * (len(_LEVELS) - 1) + Decimal("0.5"))]
