"""What people type for a day is understood, or told in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.day_entry import entered_day
from salestui.model.values.errors import UsageProblem

BASE = date(2026, 1, 31)
TODAY = date(2026, 2, 4)
"""A Wednesday."""


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
        ("today", date(2026, 2, 4)),
        ("Tomorrow", date(2026, 2, 5)),
        ("yesterday", date(2026, 2, 3)),
        ("fri", date(2026, 2, 6)),
        ("Wed", date(2026, 2, 11)),
        ("tuesday", date(2026, 2, 10)),
        ("31.12.", date(2026, 12, 31)),
        ("31.12", date(2026, 12, 31)),
        ("3. 2.", date(2027, 2, 3)),
        ("4.2.", date(2026, 2, 4)),
        ("29.2.", date(2028, 2, 29)),
        ("15.12.2025", date(2025, 12, 15)),
        ("12/31", date(2026, 12, 31)),
        ("31/12", date(2026, 12, 31)),
        ("12/31/2025", date(2025, 12, 31)),
        ("5/5", date(2026, 5, 5)),
        ("-", None),
        ("–", None),
    ],
)
def test_a_day_or_a_change_is_understood(text: str, meant: date | None) -> None:
    assert entered_day(text, BASE, TODAY) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-02-30",
        "+d",
        "+99999d",
        "+99999m",
        "31.6.",
        "0.1.",
        "1.13.2026",
        "13/13",
        "mo",
        "12.2026",
        "\x1b[2J",
    ],
)
def test_anything_else_is_told(text: str) -> None:
    with pytest.raises(UsageProblem, match="is no day") as found:
        entered_day(text, BASE, TODAY)
    assert "2026-12-15" in str(found.value)
    assert "\x1b" not in str(found.value)


@given(st.dates(date(1970, 1, 1), date(2060, 1, 1)), st.integers(0, 999))
def test_days_later_are_counted(base: date, days: int) -> None:
    assert entered_day(f"+{days}d", base, TODAY) == base + timedelta(days=days)
    assert entered_day((base + timedelta(days=days)).isoformat(), base, TODAY) == base + timedelta(days=days)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("fri", date(2026, 1, 30)),
        ("wed", date(2026, 1, 28)),
        ("31.12.", date(2025, 12, 31)),
        ("4.2.", date(2026, 2, 4)),
        ("29.2.", date(2024, 2, 29)),
    ],
)
def test_looking_back_the_last_such_day_is_meant(text: str, meant: date) -> None:
    assert entered_day(text, BASE, TODAY, back=True) == meant


def test_a_day_that_may_be_another_is_not_guessed() -> None:
    with pytest.raises(UsageProblem, match=r"“11/12” may be 11\.12\. or 12\.11\..*with dots"):
        entered_day("11/12", BASE, TODAY)


@given(st.dates(date(1970, 1, 1), date(2060, 1, 1)), st.dates(date(1970, 1, 1), date(2060, 1, 1)))
def test_a_day_without_a_year_is_the_next_there_is(today: date, day: date) -> None:
    found = entered_day(f"{day.day}.{day.month}.", BASE, today)
    assert found is not None
    assert (found.month, found.day) == (day.month, day.day)
    assert found >= today
    assert (found - today).days <= 366 or (day.month, day.day) == (2, 29)
