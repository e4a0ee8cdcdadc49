"""The header tells where one is in any width; the footer what fits."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.tui.text import plain, width_of
from salestui.tui.widgets.footer import Hint, hint_row
from salestui.tui.widgets.header import HeaderState, header_rows
from salestui.tui.widgets.lines import Row, row_width, wrapped
from tests.tui.fake_core import COMPANY, LONG, TRICKY, VIEW

STATE = HeaderState("today", "West", VIEW, COMPANY)


def text_of(row: Row) -> str:
    """The row as plain text."""
    return "".join(plain(span.text) for span in row)


def told(state: HeaderState, width: int) -> tuple[str, str]:
    """The two lines as plain text."""
    first, second = header_rows(state, width)
    return text_of(first), text_of(second)


def test_a_wide_terminal_is_told_everything() -> None:
    first, second = told(STATE, 120)
    assert first.startswith(" salestui ▸1 Today 2 Planning 3 People 4 Performance  ")
    assert first.endswith("West · 2026Q4 · day 54 of 92")
    assert second == " as of Mon 23 Nov 2026 (pinned) · data Fri 20 Nov 18:02 · USD · teams as they were"


def test_eighty_columns_lose_the_name_and_the_year() -> None:
    first, second = told(STATE, 80)
    assert first.startswith("▸1 Today 2 Planning 3 People 4 Performance  ")
    assert first.endswith("West · 2026Q4 · day 54 of 92")
    assert second == " as of Mon 23 Nov (pinned) · data Fri 20 Nov 18:02 · USD · teams as they were"


def test_sixty_columns_keep_the_mode_the_scope_and_the_day() -> None:
    first, second = told(STATE, 60)
    assert first == "▸1 Today 2 Plan 3 People 4 Perf       West · 2026Q4 · 54/92"
    assert second == " as of Mon 23 Nov (pinned) · data Fri 20 Nov 18:02 · USD"


def test_forty_columns_name_only_the_current_mode() -> None:
    assert told(STATE, 40)[0] == "▸1 Today 2 3 4    West · 2026Q4 · 54/92"


def test_the_current_mode_is_marked_by_a_sign() -> None:
    first, _ = told(STATE._replace(mode="people"), 80)
    assert first.startswith(" 1 Today 2 Planning▸3 People 4 Performance")


def test_unsaved_changes_come_before_what_is_less_pressing() -> None:
    _, second = told(STATE._replace(unsaved=4), 40)
    assert second == " as of Mon 23 Nov (pinned) · 4 unsaved"


def test_another_day_than_the_company_s_own_is_not_pinned() -> None:
    view = VIEW._replace(as_of=VIEW.as_of.replace(day=1))
    assert "pinned" not in told(STATE._replace(view=view), 120)[1]


def test_teams_as_they_are_today_are_told() -> None:
    assert told(STATE._replace(view=VIEW._replace(line="today")), 120)[1].endswith("teams as they are")


def test_data_of_another_year_have_their_year() -> None:
    company = COMPANY._replace(data_as_of=datetime(2025, 12, 31, 9, 5, tzinfo=UTC))
    assert "data Wed 31 Dec 2025 09:05" in told(STATE._replace(company=company), 120)[1]


def test_a_company_without_data_says_nothing_of_them() -> None:
    assert "data" not in told(STATE._replace(company=COMPANY._replace(data_as_of=None)), 120)[1]


@pytest.mark.parametrize("width", [120, 80, 60])
def test_a_scope_is_shown_as_it_is_written(width: int) -> None:
    first, _ = told(STATE._replace(scope=TRICKY), width)
    assert plain(TRICKY)[: width // 6] in first


@given(scope=st.sampled_from([LONG, TRICKY, "West", "株式会社" * 20]), width=st.integers(40, 200))
def test_the_header_never_exceeds_the_width(scope: str, width: int) -> None:
    for row in header_rows(STATE._replace(scope=scope, unsaved=12), width):
        assert row_width(row) <= width


HINTS = [Hint("⏎", "open"), Hint("S", "scope"), Hint("u", "undo", enabled=False), Hint("q", "quit"), Hint("?", "help")]


def test_the_footer_shows_all_hints_where_there_is_room() -> None:
    assert text_of(hint_row(HINTS, 80)) == " ⏎ open  S scope  u undo  q quit  ? help "


def test_the_footer_shows_what_fits_and_always_the_last_hint() -> None:
    assert text_of(hint_row(HINTS, 30)) == " ⏎ open  S scope  ? help "


def test_what_cannot_be_done_now_is_dimmed() -> None:
    assert [span.tone for span in hint_row(HINTS, 80) if "undo" in span.text] == ["muted"]


@given(st.integers(10, 100))
def test_the_footer_never_exceeds_the_width(width: int) -> None:
    assert row_width(hint_row(HINTS, width)) <= width


@given(st.text(max_size=300), st.integers(2, 90), st.integers(1, 5))
def test_a_message_is_broken_into_lines_that_fit(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, most)
    assert len(lines) <= most
    assert all(width_of(line.rstrip()) <= width for line in lines)


def test_data_older_than_one_working_day_is_marked() -> None:
    friday = datetime(2026, 11, 20, 18, 2)  # noqa: DTZ001  (the company's own clock)
    for day, old in ((date(2026, 11, 20), False), (date(2026, 11, 23), False), (date(2026, 11, 24), True)):
        state = STATE._replace(view=STATE.view._replace(as_of=day), company=STATE.company._replace(data_as_of=friday))
        line = "".join(span.text for span in header_rows(state, 100)[1])
        assert ("data Fri 20 Nov 18:02 !" in line) == old
        assert any(span.tone == "warn" for span in header_rows(state, 100)[1]) == old
