"""Text from data reaches the screen harmless, visible, and exactly as wide as it is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from salestui.tui.text import content, fitted, plain, segment, width_of
from tests.tui.nasty import NASTY


@given(text=NASTY)
def test_no_control_character_passes(text: str) -> None:
    assert not {char for char in plain(text) if ord(char) < 32 or 127 <= ord(char) < 160}


@given(text=NASTY)
def test_making_text_plain_twice_is_making_it_plain_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(text=NASTY, width=st.integers(0, 40), right=st.booleans())
def test_a_fitted_text_takes_exactly_its_cells(text: str, width: int, right: bool) -> None:
    assert cell_len(fitted(text, width, right=right)) == width


@given(text=NASTY, width=st.integers(1, 300))
def test_a_text_is_whole_or_ends_in_an_ellipsis(text: str, width: int) -> None:
    shown = fitted(text, width)
    assert shown.rstrip() == plain(text).rstrip() or "…" in shown


@given(text=NASTY)
def test_markup_stays_text(text: str) -> None:
    assert content(text).plain == segment(text).text == plain(text)
    assert not content(text).spans


def test_ordinary_text_is_shown_as_it_is() -> None:
    for text in ("Ann [/Q1] Lee", "[@click=app.quit]x[/]", "Müller & Söhne", "株式会社", "10 € – 5 %", ""):
        assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("one\ntwo\tthree", "one␊two␉three"),
        ("abc\u202edef", "abc\\u202edef"),
        ("👩\u200d💻", "👩💻"),
        ("👍🏽", "👍"),
        ("❤\ufe0f", "❤"),
        ("🇩🇪", "DE"),
        ("soft\u00adware", "soft-ware"),
        ("\u0301e", "◌\u0301e"),
        ("\U0010fffe", "\ufffd"),
    ],
)
def test_what_terminals_dispute_or_obey_is_replaced(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Okafor", 6, "Okafor"),
        ("Okafor", 5, "Okaf…"),
        ("Okafor", 8, "Okafor  "),
        ("株式会社", 8, "株式会社"),
        ("株式会社", 7, "株式会…"),
        ("株式会社", 6, "株式… "),
        ("Okafor", 1, "…"),
        ("Okafor", 0, ""),
        ("e" + "\u0301" * 1000, 1, "…"),
        ("Account Executive (vacant)", 20, "Account Ex… (vacant)"),
        ("Marguerite Oyelaran, own", 19, "Marguerite Oy…, own"),
        ("Account Executive (vacant)", 17, "Account Executiv…"),
        ("Acme (renewal of last year)", 20, "Acme (renewal of la…"),
    ],
)
def test_a_long_text_is_cut_by_cells(text: str, width: int, shown: str) -> None:
    assert fitted(text, width) == shown


def test_numbers_are_padded_at_the_left() -> None:
    assert fitted("410k", 6, right=True) == "  410k"


def test_a_wide_character_counts_two_cells_and_a_combining_mark_none() -> None:
    assert (width_of("株"), width_of("e\u0301"), width_of("\x1b")) == (2, 1, 1)
