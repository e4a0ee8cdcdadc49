"""What people type for a day is understood, or told in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.day_entry import entered_day
from salestui.model.values.errors import UsageProblem

BASE = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-12-15", date(2026, 12, 15)),
        (" 2026-12-15 ", date(2026, 12, 15)),
        ("+14d", date(2026, 2, 14)),
        ("+14", date(2026, 2, 14)),
        ("-1W", date(2026, 1, 24)),
        ("−1w", date(2026, 1, 24)),
        ("+1m", date(2026, 2, 28)),
        ("+25m", date(2028, 2, 29)),
        ("-1m", date(2025, 12, 31)),
        ("-", None),
        ("–", None),
    ],
)
def test_a_day_or_a_change_is_understood(text: str, meant: date | None) -> None:
    assert entered_day(text, BASE) == meant


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "+d", "+99999d", "+99999m", "15.12.2026", "\x1b[2J"])
def test_anything_else_is_told(text: str) -> None:
    with pytest.raises(UsageProblem, match="is no day") as found:
        entered_day(text, BASE)
    assert "2026-12-15" in str(found.value)
    assert "\x1b" not in str(found.value)


@given(st.dates(date(1970, 1, 1), date(2060, 1, 1)), st.integers(0, 999))
def test_days_later_are_counted(base: date, days: int) -> None:
    assert entered_day(f"+{days}d", base) == base + timedelta(days=days)
    assert entered_day((base + timedelta(days=days)).isoformat(), base) == base + timedelta(days=days)
