"""What people type for a day: the day itself, or how far it is from the one that stands there.

2026-12-15            a day
+14d  -1w  +3m        days, weeks, months later or earlier
-  –                  no day
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line

EXPECTED = "a day such as 2026-12-15, or a change such as +14d, -1w or +3m"
_NOTHING = frozenset({"-", "–", "—"})
_CHANGE = re.compile(r"([+-])\s*([0-9]{1,4})\s*([dwm]?)", re.IGNORECASE)
_SHOWN = 30


def entered_day(text: str, current: date) -> date | None:
    """The day that `text` stands for where `current` stood; None for no day, UsageProblem where it is none."""
    plain = text.strip().replace("−", "-")
    if plain in _NOTHING:
        return None
    change = _CHANGE.fullmatch(plain)
    try:
        if change is None:
            return date.fromisoformat(plain)
        number = int(change[2]) * (1 if change[1] == "+" else -1)
        unit = change[3].lower()
        return (
            _months_later(current, number) if unit == "m" else current + timedelta(number * (7 if unit == "w" else 1))
        )
    except (ValueError, OverflowError) as error:
        raise UsageProblem(f"“{fit(safe_line(text), _SHOWN)}” is no day", expected=EXPECTED) from error


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
