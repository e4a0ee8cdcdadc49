"""Numbers of a file's column as exact values: plain, grouped, with a currency, in parentheses; nothing is guessed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeVar

from salestui.exchange.trouble import Fault, quoted
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate

_SIGNS = "".join(chr(code) for code in range(0x24, 0x20D0) if unicodedata.category(chr(code)) == "Sc")
_CURRENCY = rf"(?:[A-Z]{{0,2}}[{re.escape(_SIGNS)}]|[A-Z]{{3}})"
_NUMBER = re.compile(
    rf"(?P<sign>[+-])?\s*(?P<before>{_CURRENCY})?\s*(?P<inner>[+-])?\s*"
    rf"(?P<number>[0-9.,'’\s]*[0-9])\s*(?P<after>{_CURRENCY})?"
)
_MEANT: dict[str, frozenset[str]] = {
    "$": frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "BRL"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP", "EGP", "LBP", "SYP", "GIP", "FKP", "SHP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "₽": frozenset({"RUB"}),
    "₩": frozenset({"KRW", "KPW"}),
    "₺": frozenset({"TRY"}),
    "₴": frozenset({"UAH"}),
}
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SPACES = "\u00a0\u202f\u2009 "
_MOST_WHOLE = 10**9

ExactKind = TypeVar("ExactKind", Amount, Rate)


@dataclass(frozen=True)
class NumberStyle:
    """How a file writes numbers: its decimal mark, and how many places to round to (None: not at all).

    Where nobody said what the mark is (None), it is a point, unless the column could as well mean thousands by it.
    """

    decimal: str | None = None
    places: int | None = None

    @property
    def mark(self) -> str:
        """The decimal mark."""
        return self.decimal or "."

    @property
    def group(self) -> str:
        """The mark between thousands."""
        return "." if self.mark == "," else ","


@dataclass(frozen=True)
class _Written:
    digits: str
    negative: bool
    currency: str | None


def amounts(texts: Sequence[str | None], style: NumberStyle) -> list[Amount | Fault | None]:
    """A column of amounts. A column whose separators contradict the style is refused wherever one stands."""
    found = [_exact(each, Amount, style) for each in _read(texts, style)]
    pointed = [] if style.decimal else [text for text in texts if text is not None and "." in text]
    if not pointed or not all(map(_may_be_thousands, pointed)):
        return found
    fault = Fault(
        f"{quoted(pointed[0])} may mean thousands or a fraction; the column does not tell",
        "the decimal mark",
        'Say decimal = "." or decimal = "," in the mapping.',
    )
    return [fault if text is not None and "." in text else value for text, value in zip(texts, found, strict=True)]


def rates(texts: Sequence[str | None], style: NumberStyle) -> list[Rate | Fault | None]:
    """A column of rates and shares; `25%` is 0.25."""
    percent = [text is not None and text.endswith("%") for text in texts]
    bare = [text.removesuffix("%").rstrip() if text is not None else None for text in texts]
    found = [_exact(each, Rate, style) for each in _read(bare, style)]
    return [
        Rate(value.decimal / 100) if per and isinstance(value, Rate) and value.units % 100 == 0 else value
        for per, value in zip(percent, found, strict=True)
    ]


def decimals(texts: Sequence[str | None], style: NumberStyle) -> list[Decimal | Fault | None]:
    """A column of numbers to count with, of any number of places."""
    found = _read(texts, style)
    return [_decimal(each) if isinstance(each, _Written) else each for each in found]


def wholes(texts: Sequence[str | None]) -> list[int | Fault | None]:
    """A column of whole numbers."""
    return [None if text is None else _whole(text) for text in texts]


def currency_contradicts(text: str, currency: str) -> bool:
    """Whether an amount is written with a currency other than `currency`; a sign that several share proves nothing."""
    match = _NUMBER.fullmatch(_unwrapped(text)[0])
    written = match and (match["before"] or match["after"])
    if not written:
        return False
    if written[-1] in _MEANT:
        return currency not in _MEANT[written[-1]] or (written == "US$" and currency != "USD")
    return written.isalpha() and written != currency


def _whole(text: str) -> int | Fault:
    match = re.fullmatch(r"([+-]?[0-9]{1,12})(?:\.0+)?", text)
    if match is None or abs(int(match[1])) > _MOST_WHOLE:
        return Fault(f"{quoted(text)} is not a whole number", "digits only")
    return int(match[1])


def _unwrapped(text: str) -> tuple[str, bool]:
    body = text.strip().replace("−", "-")
    if body.startswith("(") and body.endswith(")"):
        return body[1:-1].strip(), True
    return body, False


def _read(texts: Sequence[str | None], style: NumberStyle) -> list[_Written | Fault | None]:
    decimal, other = style.mark, style.group
    found = [None if text is None else _written(text, style) for text in texts]
    mangled = next((text for text in texts if text is not None and _contradicts(text, decimal, other)), None)
    if mangled is None:
        return found
    mark = other if _misgrouped(mangled, decimal, other) else decimal
    fault = Fault(
        f"{quoted(mangled)} shows that {quoted(mark)} does not mean in this column what it should",
        f"numbers such as 1{other}234{decimal}56",
        f'If {quoted(other)} is the decimal mark, say decimal = "{other}" in the mapping; if the digits were mangled'
        " on the way, export the column again.",
    )
    return [fault if text is not None and mark in text else value for text, value in zip(texts, found, strict=True)]


def _may_be_thousands(text: str) -> bool:
    match = _NUMBER.fullmatch(_unwrapped(text)[0])
    return match is not None and re.fullmatch(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+", match["number"]) is not None


def _contradicts(text: str, decimal: str, other: str) -> bool:
    if other not in text and text.count(decimal) < 2:
        return False
    body = _unwrapped(text)[0].lstrip("+-").strip(_SIGNS + _SPACES)
    return bool(re.fullmatch(r"[0-9.,]+", body)) and (body.count(decimal) > 1 or _misgrouped(body, decimal, other))


def _misgrouped(text: str, decimal: str, group: str) -> bool:
    """Whether the group separator stands where none can be, as in 5,70 or 0,456."""
    body = _unwrapped(text)[0].lstrip("+-").strip(_SIGNS + _SPACES)
    whole = body.partition(decimal)[0]
    return group in body and not (
        group not in body.partition(decimal)[2] and re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:\{group}[0-9]{{3}})+", whole)
    )


def _written(text: str, style: NumberStyle) -> _Written | Fault:
    if style.mark == "." and _PLAIN.fullmatch(text):
        return _Written(text, False, None)
    body, negative = _unwrapped(text)
    match = _NUMBER.fullmatch(body)
    if match is None or (match["sign"] and match["inner"]) or (match["before"] and match["after"]):
        return _not_a_number(text, style)
    sign = match["sign"] or match["inner"]
    if sign and negative:
        return _not_a_number(text, style)
    mark = re.escape(style.mark)
    groups = "|".join(
        rf"[1-9][0-9]{{0,2}}(?:{separator}[0-9]{{3}})+" for separator in (re.escape(style.group), "['’]", r"\s")
    )
    number = match["number"]
    if not re.fullmatch(rf"(?:[0-9]+|{groups})?(?:{mark}[0-9]+)?", number):
        return _not_a_number(text, style)
    whole, _, part = number.partition(style.mark)
    digits = re.sub(r"[^0-9]", "", whole) or "0"
    return _Written(f"{digits}.{part}" if part else digits, negative or sign == "-", match["before"] or match["after"])


def _decimal(found: _Written) -> Decimal:
    return Decimal(("-" if found.negative else "") + found.digits)


def _exact(found: _Written | Fault | None, kind: type[ExactKind], style: NumberStyle) -> ExactKind | Fault | None:
    if found is None or isinstance(found, Fault):
        return found
    text = ("-" if found.negative else "") + found.digits
    try:
        if style.places is not None:
            return kind(_decimal(found).quantize(Decimal(1).scaleb(-style.places), ROUND_HALF_EVEN))
        return kind(text)
    except (ValueError, ArithmeticError):
        part = found.digits.partition(".")[2].rstrip("0")
        if len(part) > kind.PLACES:
            return Fault(
                f"{quoted(text)} has more than {kind.PLACES} decimal places",
                remedy="Round it in the source, or say places = 2 in the mapping to have it rounded.",
            )
        return Fault(f"{quoted(text)} is too large", "a number of at most fourteen digits before the point")


def _not_a_number(text: str, style: NumberStyle) -> Fault:
    mark, group = style.mark, style.group
    return Fault(f"{quoted(text)} is not a number", f"one such as 1234{mark}56 or 1{group}234{mark}56")
