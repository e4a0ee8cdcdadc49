"""What people type for an amount: the amount itself, shortened or not, or a change of the one that stands there.

    1.2m  450k  12,345.60  (500)      an amount; in brackets, below zero
    +5%  -10k  *1.03                  more, less, times: of what stands there
    (nothing), - or –                 no amount, which is not 0

What is computed is rounded once, half to even, to whole steps.
"""

import re
from decimal import Decimal, InvalidOperation

from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.model.values.exact import TooLarge
from salestui.model.values.text import fit, safe_line

EXPECTED = "an amount such as 120000, 120k or 1.2m, or a change such as +5%, -10k or *1.03"
_ONE = Amount(1)
_LARGEST = Amount.from_units(2**63 - 1)
_LETTERS = {"": 0, "k": 3, "m": 6, "b": 9}
_NOTHING = frozenset({"", "-", "–", "—"})
_NUMBER = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?\s*([kmb]?)", re.IGNORECASE)
_POINTED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})*\.[0-9]{2}0")
"""What may be thousands with points between them: 120.000."""
_SHOWN = 30


def entered(text: str, current: Amount | None, step: Amount = _ONE) -> Amount | None:
    """The amount that `text` stands for where `current` stood; None for no amount.

    UsageProblem where it is no amount, is beyond 64 bits, or is a share of what is not there.
    """
    plain = text.strip().replace("−", "-")
    if plain in _NOTHING:
        return None
    try:
        if is_change(plain):
            return _changed(plain, current, step)
        if plain.startswith("(") and plain.endswith(")"):
            return -amount_of(plain[1:-1])
        return amount_of(plain)
    except TooLarge as error:
        raise UsageProblem(
            f"“{fit(safe_line(text), _SHOWN)}” is more than can be kept",
            expected=f"{_LARGEST.units // 10**Amount.PLACES:,} at most",
            remedy="Type a smaller one, such as 120k.",
        ) from error
    except (ValueError, InvalidOperation) as error:
        raise UsageProblem(f"“{fit(safe_line(text), _SHOWN)}” is no amount", expected=EXPECTED) from error


def is_change(text: str) -> bool:
    """Whether the text stands for a change of what is there, rather than for an amount."""
    plain = text.strip().replace("−", "-")
    return plain not in _NOTHING and (plain[0] in "*+-" or plain.endswith("%"))


def amount_of(text: str) -> Amount:
    """An amount that may end in k, m or b; ValueError for anything else, UsageProblem where it may mean two."""
    if _POINTED.fullmatch(text.strip()):
        raise UsageProblem(
            f"“{text.strip()}” may have a decimal point, or one between thousands",
            expected=f"{text.strip().replace('.', '')}, or the amount without zeros at its end",
        )
    return Amount(_decimal(text))


def _changed(text: str, current: Amount | None, step: Amount) -> Amount:
    if current is None:
        if text[0] in "+-" and not text.endswith("%"):
            return amount_of(text[1:]) if text[0] == "+" else -amount_of(text[1:])
        raise UsageProblem("There is no amount yet that this could change", expected="an amount such as 120000 or 120k")
    if text[0] == "*":
        return current.scaled(_decimal(text[1:]), step=step)
    if text.endswith("%"):
        sign = {"+": 1, "-": -1}.get(text[0], 0)
        percent = _decimal(text[1 if sign else 0 : -1]) / 100
        return current.scaled(1 + sign * percent if sign else percent, step=step)
    more = amount_of(text[1:])
    return current + more if text[0] == "+" else current - more


def _decimal(text: str) -> Decimal:
    match = _NUMBER.fullmatch(text.strip())
    if match is None or not (match[1] or match[2]):
        raise ValueError(text)
    return Decimal((match[1] or "0").replace(",", "") + (match[2] or "")).scaleb(_LETTERS[match[3].lower()])


def plain(amount: Amount | None) -> str:
    """The amount as one would type it; below zero in brackets, for a minus sign takes away."""
    if amount is None:
        return ""
    return f"({str(amount)[1:]})" if amount.units < 0 else str(amount)
