"""Text from data is made safe once and for all, and fits into its cells."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.text import cells, fit, safe, safe_line

_BIDI_CONTROLS = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
DANGEROUS = frozenset(
    (*range(0x20), *range(0x7F, 0xA0), *_BIDI_CONTROLS, 0x2028, 0x2029, *range(0xD800, 0xE000)),
)
ANY_CHARACTER = st.one_of(st.characters(exclude_categories=[]), st.sampled_from(sorted(map(chr, DANGEROUS))))
ANY_TEXT = st.text(ANY_CHARACTER)


@given(ANY_TEXT)
def test_safe_is_idempotent_and_leaves_nothing_dangerous(text: str) -> None:
    made = safe(text)
    assert safe(made) == made
    assert not (set(map(ord, made)) - {0x0A, 0x09}) & DANGEROUS
    assert made.encode().decode() == made


@given(ANY_TEXT)
def test_safe_line_is_idempotent_and_leaves_nothing_dangerous(text: str) -> None:
    made = safe_line(text)
    assert safe_line(made) == made
    assert not set(map(ord, made)) & DANGEROUS
    assert len(made.splitlines()) <= 1
    assert safe_line(safe(text)) == made


def test_every_dangerous_character_is_seen() -> None:
    for code in DANGEROUS:
        made = safe_line(f"a{chr(code)}b")
        assert made.startswith("a")
        assert made.endswith("b")
        assert len(made) >= 3
        assert made.isprintable()


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_harmless_text_is_left_alone(text: str) -> None:
    assert safe(text) == text
    assert safe_line(text) == text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Ann [/Q1] Lee", "Ann [/Q1] Lee"),
        ("\x1b[31mRed\x1b[0m", "␛[31mRed␛[0m"),
        ("bell\x07", "bell␇"),
        ("\x9b2J", "\\x9b2J"),
        ("Acme \u202egnp.exe", "Acme \\u202egnp.exe"),
        ("a\x00b\x7f", "a␀b␡"),
        ("half \ud83d", "half \\ud83d"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("Zoë 東京 👩‍👩‍👧 café", "Zoë 東京 👩‍👩‍👧 café"),
    ],
)
def test_safe_examples(text: str, made: str) -> None:
    assert safe(text) == made


def test_a_line_shows_its_breaks_and_tabs() -> None:
    assert safe_line("a\r\nb\tc") == "a␍␊b␉c"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("plain", 5),
        ("Zoë", 3),
        ("Zoe\u0308", 3),
        ("東京", 4),
        ("ＡＢ", 4),
        ("ｶﾅ", 2),
        ("한글", 4),
        (unicodedata.normalize("NFD", "한글"), 4),
        ("नि", 1),
        ("a\u200bb", 2),
        ("…–−×▁", 5),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_signs_that_are_told_without_the_tables_of_unicode_are_as_wide_as_these_say() -> None:
    for code in (*range(0x2010, 0x2028), *range(0x2500, 0x25FD)):
        assert cells(chr(code)) == 1
        assert unicodedata.category(chr(code)) not in {"Mn", "Mc", "Me", "Cf"}
        assert unicodedata.east_asian_width(chr(code)) not in {"W", "F"}


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("Ruiz, Ana", 9, "Ruiz, Ana"),
        ("Ruiz, Ana", 8, "Ruiz, A…"),
        ("Ruiz, Ana", 1, "…"),
        ("Ruiz, Ana", 0, ""),
        ("Ruiz, Ana", -3, ""),
        ("", 0, ""),
        ("東京都", 6, "東京都"),
        ("東京都", 5, "東京…"),
        ("東京都", 4, "東…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
    ],
)
def test_fit_examples(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(ANY_TEXT.map(safe_line), st.integers(0, 30))
def test_fitted_text_is_never_too_wide_and_a_beginning_of_the_text(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cells(fitted) <= width
    if fitted != text:
        assert text.startswith(fitted.removesuffix("…"))
        assert cells(text) > width
