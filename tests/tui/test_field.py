"""The line to type on, lists to choose from, and lines that repaint no more than changed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.events import Paste

from salestui.tui.screens.picker import matching
from salestui.tui.text import plain, width_of
from salestui.tui.widgets.choices import Choice, Choices
from salestui.tui.widgets.field import Field
from salestui.tui.widgets.lines import Lines, Row, Span, differ_until
from tests.tui.nasty import NASTY


class Alone(App[None]):
    """One widget, and what it said."""

    CSS = "Lines { height: 1; } Choices { height: 5; }"

    def __init__(self, widget: Callable[[], Lines]) -> None:
        super().__init__()
        self._widget = widget
        self.said: list[str] = []

    def compose(self) -> ComposeResult:
        """Just it."""
        yield self._widget()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Keep that it changed."""
        self.said.append(f"changed {event.field.value}")

    def on_field_submitted(self, event: Field.Submitted) -> None:
        """Keep that it was submitted."""
        self.said.append(f"submitted {event.field.value}")

    def on_field_cancelled(self, event: Field.Cancelled) -> None:
        """Keep that it was left."""
        self.said.append("cancelled")


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("a", "b", "c"), "abc"),
        (("a", "b", "left", "x"), "axb"),
        (("a", "b", "home", "x", "end", "y"), "xaby"),
        (("a", "b", "ctrl+a", "delete"), "b"),
        (("a", "b", "backspace", "backspace", "backspace"), ""),
        (("a", "space", "b", "c", "ctrl+w"), "a "),
        (("a", "space", "b", "space", "ctrl+w"), "a "),
        (("a", "b", "left", "ctrl+u"), "b"),
        (("a", "b", "left", "ctrl+k"), "a"),
        (("left", "right", "delete", "x"), "x"),
        (("ü", "株"), "ü株"),
        (("[", "/", "]"), "[/]"),
    ],
)
async def test_keys_edit_the_line(keys: tuple[str, ...], value: str) -> None:
    app = Alone(lambda: Field(":"))
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        field = app.query_one(Field)
        assert field.value == value
        assert field.shown[0].startswith(f":{value}".rstrip())


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("x", "y"), "xy"),
        (("left", "x"), "12x3"),
        (("home", "x"), "x123"),
        (("end", "x"), "123x"),
        (("backspace", "x"), "12x"),
        (("delete", "x"), "123x"),
        (("ctrl+w", "x"), "x"),
    ],
)
async def test_what_is_typed_first_replaces_what_stands_and_any_other_key_edits_it(
    keys: tuple[str, ...], value: str
) -> None:
    app = Alone(lambda: Field(":"))
    async with app.run_test() as pilot:
        field = app.query_one(Field)
        field.put("123", replaced=True)
        assert [span.tone for span in field.rows[0] if span.text == "123"] == ["cursor"]
        await pilot.press(*keys)
        assert field.value == value
        assert "cursor" not in [span.tone for span in field.rows[0] if span.text == value]


async def test_a_field_tells_what_happens_to_it() -> None:
    app = Alone(lambda: Field(":", "a"))
    async with app.run_test() as pilot:
        await pilot.press("b", "left", "enter", "escape")
        assert app.said == ["changed ab", "submitted ab", "cancelled"]


async def test_what_is_pasted_becomes_one_line() -> None:
    app = Alone(lambda: Field(":"))
    async with app.run_test() as pilot:
        app.post_message(Paste("  one\n\ttwo\x1b[31m  "))
        await pilot.pause()
        assert app.query_one(Field).value == "one two\x1b[31m"
        assert app.query_one(Field).shown[0].startswith(":one two␛[31m")


@pytest.mark.parametrize("width", [5, 20, 80])
@pytest.mark.parametrize("text", ["w" * 200, "株式会社" * 30, "[@click=app.quit]" * 10])
async def test_the_cursor_stays_in_view_however_long_the_line(text: str, width: int) -> None:
    app = Alone(lambda: Field(":"))
    async with app.run_test(size=(width, 5)) as pilot:
        field = app.query_one(Field)
        app.post_message(Paste(text))
        await pilot.pause()
        for keys in ((), ("left",), ("home",), ("end", "left", "left")):
            await pilot.press(*keys)
            before_cursor = "".join(plain(span.text) for span in field.rows[0][:2])
            assert width_of(before_cursor) < width
            assert field.rows[0][2].tone == "cursor"


async def test_a_field_helps_with_quiet_words_where_there_is_room() -> None:
    app = Alone(lambda: Field(":", "sc"))
    async with app.run_test(size=(20, 3)) as pilot:
        field = app.query_one(Field)
        field.help_with("scope  search  something")
        await pilot.pause()
        assert field.shown[0] == ":sc   scope  search…"


CHOICES = [Choice(str(number), f"Line {number}", note=f"about {number}") for number in range(100)]


async def test_a_list_shows_what_fits_and_follows_its_mark() -> None:
    app = Alone(lambda: Choices("Nothing."))
    async with app.run_test(size=(40, 10)) as pilot:
        choices = app.query_one(Choices)
        await pilot.pause()
        choices.offer(CHOICES, mark="50")
        assert choices.marked == CHOICES[50]
        assert " ▸ Line 50" in choices.shown[-1]
        choices.move(-60)
        assert choices.shown[0].startswith(" ▸ Line 0")
        choices.move_pages(1)
        assert choices.marked == CHOICES[4]
        choices.move(1000)
        assert choices.marked == CHOICES[99]
        choices.offer([])
        assert choices.marked is None
        assert choices.shown[0].strip() == "Nothing."


async def test_a_clicked_line_is_meant() -> None:
    app = Alone(lambda: Choices("Nothing."))
    async with app.run_test(size=(40, 10)) as pilot:
        choices = app.query_one(Choices)
        await pilot.pause()
        choices.offer(CHOICES)
        await pilot.click(Choices, offset=(5, 2))
        assert choices.marked == CHOICES[2]


def test_a_list_is_narrowed_by_every_word_and_names_come_first() -> None:
    choices = [
        Choice("a", "North", "led by West, Kim"),
        Choice("b", "Far West"),
        Choice("c", "West"),
        Choice("d", "Western isles", "far away"),
    ]
    assert [choice.value for choice in matching("west", choices)] == ["c", "d", "b", "a"]
    assert [choice.value for choice in matching("far west", choices)] == ["b", "d"]
    assert len(matching("", choices)) == 4


def cells(row: Row, width: int) -> list[tuple[str, str]]:
    """The row cell by cell, as the screen has it."""
    found = [(char, span.tone) for span in row for char in plain(span.text) for _ in range(width_of(char))]
    return [*found, *[(" ", "")] * (width - len(found))]


SPANS = st.builds(Span, st.sampled_from(["", "a", "ab ", "株", "x y"]), st.sampled_from(["", "muted"]))
ROWS = st.lists(SPANS, max_size=12).map(tuple)


@given(ROWS, ROWS)
def test_beyond_what_is_repainted_nothing_has_changed(old: Row, new: Row) -> None:
    width = 60
    until = differ_until(old, new)
    before, after = cells(old, width), cells(new, width)
    assert before[until:] == after[until:]
    assert until == 0 or before[until - 1] != after[until - 1]


@given(NASTY)
def test_any_text_is_shown_without_acting(text: str) -> None:
    lines = Lines([(Span(text),)])
    assert not set(lines.shown[0]) & set("\x1b\n\r\x07\x9b\u202e")
