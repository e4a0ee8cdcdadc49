"""Themes: which comes first, and that none rests on colour alone."""

import pytest
from textual.color import Color

from salestui.model.values.errors import UsageProblem
from salestui.tui import themes
from salestui.tui.widgets.header import Header
from salestui.tui.widgets.lines import Lines
from tests.tui.fake_core import shell


@pytest.mark.parametrize(
    ("wanted", "environ", "colours", "first"),
    [
        (None, {}, "truecolor", "quiet"),
        (None, {}, "256", "quiet"),
        (None, {}, "standard", "16-colour"),
        (None, {}, None, "16-colour"),
        ("Light", {}, "standard", "light"),
        ("light", {"NO_COLOR": "1"}, "truecolor", "no-colour"),
        ("light", {"NO_COLOR": ""}, "truecolor", "light"),
    ],
)
def test_the_first_theme_fits_the_terminal_the_settings_and_the_wish_for_none(
    wanted: str | None, environ: dict[str, str], colours: str | None, first: str
) -> None:
    assert themes.first(wanted, environ, colours) == first


def test_an_unknown_theme_is_answered_with_those_there_are() -> None:
    with pytest.raises(UsageProblem, match="Expected one of quiet, light"):
        themes.named("nord")


@pytest.mark.parametrize("name", themes.NAMES)
async def test_every_theme_can_be_opened_and_switched_to(name: str) -> None:
    app = shell(theme=name)
    async with app.run_test() as pilot:
        assert app.theme == name
        for other in themes.NAMES:
            app.action_theme(other)
            await pilot.pause()
            assert app.theme == other


@pytest.mark.parametrize("name", [themes.SIXTEEN, themes.NO_COLOUR])
async def test_few_colours_are_the_terminal_s_own(name: str) -> None:
    app = shell(theme=name)
    async with app.run_test() as pilot:
        await pilot.pause()
        for lines in app.screen.query(Lines):
            for y in range(lines.size.height):
                for segment in lines.render_line(y):
                    colours = [segment.style.color, segment.style.bgcolor] if segment.style else []
                    assert all(colour is None or (colour.number or 0) < 16 for colour in colours)
                    assert all(colour is None or colour.triplet is None for colour in colours)
                    if name == themes.NO_COLOUR:
                        assert all(colour is None or colour.is_default for colour in colours)


async def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = shell(theme=None)
    async with app.run_test():
        assert app.theme == themes.NO_COLOUR
        assert app.native_ansi_color


TONES = ("muted", "strong", "current", "key", "good", "warn", "bad")


@pytest.mark.parametrize(("name", "least"), [(themes.QUIET, 4.5), (themes.LIGHT, 4.5), (themes.HIGH_CONTRAST, 7.0)])
@pytest.mark.parametrize("tone", TONES)
def test_every_tone_can_be_read(name: str, least: float, tone: str) -> None:
    theme = next(theme for theme in themes.all_themes() if theme.name == name)
    style = themes.style_of(tone, name)
    colour = Color.from_rich_color(style.color) if style.color else Color.parse(theme.foreground or "")
    assert contrast(colour, Color.parse(theme.background or "")) >= least


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours (WCAG 2.1, relative luminance)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    """How bright a colour is to the eye, from 0 to 1."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("name", [themes.SIXTEEN, themes.NO_COLOUR])
@pytest.mark.parametrize("tone", ["strong", "current", "key", "warn", "bad", "cursor"])
def test_without_many_colours_what_stands_out_does_so_by_weight_or_reversal(name: str, tone: str) -> None:
    style = themes.style_of(tone, name)
    assert style.bold or style.reverse


async def test_another_theme_repaints_what_it_colours() -> None:
    app = shell(theme=themes.SIXTEEN)
    async with app.run_test() as pilot:
        await pilot.pause()
        header = app.screen.query_one(Header)
        before = header.render_line(0)
        app.action_theme(themes.NO_COLOUR)
        await pilot.pause()
        assert header.render_line(0) != before
        assert header.render_line(0).text == before.text
