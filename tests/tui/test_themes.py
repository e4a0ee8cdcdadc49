"""Themes: which comes first, and that none rests on colour alone."""

import pytest

from salestui.model.values.errors import UsageProblem
from salestui.tui import themes
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
