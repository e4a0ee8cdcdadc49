"""Exact decimals with a fixed number of places, each kept as one 64-bit integer of its smallest units."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar, Self

_LARGEST = 2**63 - 1
_SMALLEST = -(2**63)
_WIDEST_EXPONENT = 400  # beyond it a factor's integer ratio would fill the memory


class TooLarge(ValueError):
    """A number beyond 64 bits."""


def half_even(numerator: int, denominator: int) -> int:
    """The quotient rounded to the nearest whole number, ties to the even one; the denominator is positive."""
    quotient, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient % 2):
        return quotient + 1
    return quotient


class Exact:
    """What Amount and Rate have in common. Values are immutable, and each type knows only its own kind."""

    __slots__ = ("_units",)
    _units: int
    PLACES: ClassVar[int]

    def __init__(self, value: str | int | Decimal) -> None:
        """Take a plain decimal text, a whole number or a Decimal.

        Raises TypeError for floats, ValueError for what has too many places or does not fit into 64 bits.
        """
        if isinstance(value, str):
            units = self._units_of_text(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            units = value * 10**self.PLACES
        elif isinstance(value, Decimal):
            numerator, denominator = fraction(value)
            units, rest = divmod(numerator * 10**self.PLACES, denominator)
            if rest:
                raise ValueError(f"{value} has more than {self.PLACES} decimal places")
        else:
            raise TypeError(f"{type(self).__name__} takes text, int or Decimal, not {type(value).__name__}")
        self._units = self._fitting(units)

    @classmethod
    def from_units(cls, units: int) -> Self:
        """The value of so many smallest units; ValueError beyond 64 bits."""
        made = cls.__new__(cls)
        made._units = cls._fitting(units)
        return made

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` writes, and also well-formed thousands commas: `1,234.5`. ValueError for anything else."""
        plain = text.strip().replace("−", "-")
        if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", plain):
            plain = plain.replace(",", "")
        return cls(plain)

    @classmethod
    def sum(cls, values: Iterable[Self]) -> Self:
        """The sum; zero for none."""
        total = 0
        for value in values:
            if type(value) is not cls:
                raise TypeError(f"cannot sum {type(value).__name__} as {cls.__name__}")
            total += value._units
        return cls.from_units(total)

    @property
    def units(self) -> int:
        """How many smallest units this is: the form in which it is stored."""
        return self._units

    @property
    def decimal(self) -> Decimal:
        """The same value as a Decimal."""
        return Decimal(self._units).scaleb(-self.PLACES)

    def scaled(self, factor: "Decimal | Exact | int", step: Self | None = None) -> Self:
        """This times the factor, rounded once, half to even, to a multiple of `step` (the smallest unit by default)."""
        numerator, denominator = fraction(factor)
        size = step._units if step is not None else 1
        if size <= 0:
            raise ValueError(f"a step must be above zero, not {step}")
        return self.from_units(half_even(self._units * numerator, denominator * size) * size)

    def ratio(self, whole: Self) -> Decimal:
        """This ÷ whole, to 28 digits. ZeroDivisionError where the whole is zero: such a ratio is not a number."""
        if type(whole) is not type(self):
            raise TypeError(f"no ratio of {type(self).__name__} to {type(whole).__name__}")
        if not whole._units:
            raise ZeroDivisionError("a ratio to zero")
        return Decimal(self._units) / Decimal(whole._units)

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return self.from_units(self._units + other._units)

    def __sub__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return self.from_units(self._units - other._units)

    def __mul__(self, times: int) -> Self:
        if not isinstance(times, int):
            return NotImplemented
        return self.from_units(self._units * times)

    __rmul__ = __mul__

    def __neg__(self) -> Self:
        return self.from_units(-self._units)

    def __abs__(self) -> Self:
        return self.from_units(abs(self._units))

    def __bool__(self) -> bool:
        return self._units != 0

    def __hash__(self) -> int:
        return hash(self._units)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._units == other._units

    def __lt__(self, other: Self) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._units < other._units

    def __le__(self, other: Self) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._units <= other._units

    def __gt__(self, other: Self) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._units > other._units

    def __ge__(self, other: Self) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._units >= other._units

    def __str__(self) -> str:
        whole, part = divmod(abs(self._units), 10**self.PLACES)
        sign = "-" if self._units < 0 else ""
        return f"{sign}{whole}.{part:0{self.PLACES}}".rstrip("0").rstrip(".")

    def __repr__(self) -> str:
        return f"{type(self).__name__}('{self}')"

    @classmethod
    def _units_of_text(cls, text: str) -> int:
        match = re.fullmatch(r"([+-]?)([0-9]*)(?:\.([0-9]+))?", text)
        if match is None or not (match[2] or match[3]):
            raise ValueError(f"{text[:40]!r} is not a plain decimal number")
        whole, part = match[2].lstrip("0"), (match[3] or "").rstrip("0")
        if len(part) > cls.PLACES:
            raise ValueError(f"{text[:40]!r} has more than {cls.PLACES} decimal places")
        if len(whole) > len(str(_LARGEST)):
            raise TooLarge(f"{text[:40]!r} is too large for a 64-bit {cls.__name__}")
        units = int((whole or "0") + part.ljust(cls.PLACES, "0"))
        return -units if match[1] == "-" else units

    @classmethod
    def _fitting(cls, units: int) -> int:
        if not _SMALLEST <= units <= _LARGEST:
            raise TooLarge(f"too large for {cls.__name__}: it reaches to {_LARGEST // 10**cls.PLACES:,} either way")
        return units


def fraction(value: "Decimal | Exact | int") -> tuple[int, int]:
    """The value as numerator and positive denominator, exactly; ValueError where it is not finite or has no end."""
    if isinstance(value, Exact):
        return value.units, 10**value.PLACES
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is not a number to count with")
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or abs(exponent) > _WIDEST_EXPONENT:
            raise ValueError("a number with so many digits cannot be counted with")
        return value.as_integer_ratio()
    if isinstance(value, int):
        return value, 1
    raise TypeError(f"takes int, Decimal, Amount or Rate, not {type(value).__name__}")
