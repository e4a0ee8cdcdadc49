"""Planning › Objectives by keyboard at 80×24: added, typed into, handed in, approved, looked into, undone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from salestui.forecasting.series import Band, Forecast, Series
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.planning.objectives.queries import Standing
from salestui.store.database import parse
from salestui.tui.background import Tell, Work
from salestui.tui.screens import modes
from salestui.tui.screens.objective import ObjectivePage
from salestui.tui.screens.objectives import Objectives
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.desk import answer, at_desk
from tests.tui.driving import lines_of, press, text_of, type_in


async def asked(pilot: Pilot[None], *answers: str) -> None:
    """Answer what is asked, one line after another."""
    for text in answers:
        if text:
            await type_in(pilot, text)
        await press(pilot, "enter")


async def add(pilot: Pilot[None], *answers: str) -> None:
    """Add an objective."""
    await press(pilot, "a")
    await asked(pilot, *answers)


def standings(app: Shell) -> list[Standing]:
    """What the table shows."""
    assert isinstance(app.screen, Objectives)
    model = app.screen._model
    return [model.row(number).standing for number in range(model.row_count)]


async def test_without_objectives_it_says_what_to_do_first(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "b")
        assert "No objective for FY2025 yet. a adds the first" in " ".join(text_of(app).split())
        await press(pilot, "M")
        assert "Only a draft can be changed or submitted" in text_of(app)


async def test_an_objective_is_added_approved_and_changed_by_a_new_version(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, ":", *"objective", "enter")
        await add(pilot, "", "", "", "30m", "board plan")
        (first,) = standings(app)
        assert first.objective.amount == Amount(30_000_000)
        assert "is a draft at 30,000,000" in lines_of(app)[-1]
        await press(pilot, "e", "ctrl+u", *"+10%", "enter")
        assert standings(app)[0].objective.amount == Amount(33_000_000)
        await press(pilot, "u")
        assert standings(app)[0].objective.amount == Amount(30_000_000)
        await answer(pilot, "M", "as discussed")
        assert standings(app)[0].objective.state == "submitted"
        await answer(pilot, "A", "")
        assert "There is no reason given" in text_of(app)
        await asked(pilot, "signed")
        assert standings(app)[0].objective.state == "approved"
        await press(pilot, "1")
        assert "Objective " in text_of(app)
        assert "of 30M FY2025" in text_of(app)
        await press(pilot, "g", "b", "home")
        await answer(pilot, "B", "the market turned")
        assert [each.objective.state for each in standings(app)] == ["approved", "draft"]
        assert all(len(line) <= 80 for line in lines_of(app))
        await press(pilot, "enter")
        assert isinstance(app.screen, ObjectivePage)
        text = text_of(app)
        for words in ("Target 30,000,000", "By month if spread evenly", "2025-01", "v1 approved", "Kim"):
            assert words in text, words
        await press(pilot, "escape")
        assert isinstance(app.screen, Objectives)


async def test_a_growth_shows_its_rate_and_its_base(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "b")
        await add(pilot, "growth", "West", "2025Q4", "12%", "new hires")
        (found,) = standings(app)
        assert found.objective.base_period == "2024Q4"
        assert "growth 12%" in text_of(app)
        app.screen.query_one(Grid).move_to(found.objective.key, "amount")
        await press(pilot, "left", "right")
        assert "is 12% more than" in lines_of(app)[-2]
        await press(pilot, *"+15", "enter")
        (changed,) = standings(app)
        assert changed.objective.base_amount == found.objective.base_amount
        assert changed.objective.amount > found.objective.amount
        await press(pilot, "5", "k", "enter")
        assert "“5k” is no growth" in text_of(app)


@pytest.mark.parametrize(("typed", "base"), [("", "2024-11..2025-10"), ("FY2024", "FY2024")])
async def test_a_growth_of_a_year_that_begins_later_is_on_a_base_that_is_offered(
    demo_path: Path, typed: str, base: str
) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "b")
        await press(pilot, ":", *"period FY2026", "enter")
        await press(pilot, "a")
        await asked(pilot, "growth", "", "")
        assert "grown from [2024-11..2025-10]:" in text_of(app)
        await asked(pilot, typed)
        assert f" of {base}:" in lines_of(app)[-1]
        await asked(pilot, "12%", "new hires")
        (found,) = standings(app)
        assert found.objective.base_period == base
        assert found.last_year.stands_in == "2024-11..2025-10"
        await press(pilot, "enter")
        assert f"of {base}" in lines_of(app)[3]
        assert "2024-11..2025-10: the target is" in text_of(app)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (("revenue",), "“revenue” is no kind of objective"),
        (("", "", "2026Q7"), "no quarter 7"),
        (("", "", "2025-03-05"), "not of whole fiscal months"),
        (("", "", "", "ten"), "“ten” is no amount"),
        (("growth", "", "FY2027", "FY2026"), "FY2026 is not complete"),
        (("growth", "", "FY2027", "FY2027"), "FY2027 is not before FY2027"),
        (("", "", "", "5m", ""), "There is no reason given"),
    ],
)
async def test_what_cannot_be_is_told_and_the_line_stays_open(
    demo_path: Path, answers: tuple[str, ...], told: str
) -> None:
    async with at_desk(demo_path, (120, 40)) as (app, pilot):
        await press(pilot, "g", "b")
        await add(pilot, *answers)
        assert told in text_of(app)
        assert isinstance(app.screen, Objectives)
        assert app.screen.asking
        await press(pilot, "escape")
        assert not standings(app)


class Doing:
    """Does the work here and now."""

    async def do(self, pieces: Any, tell: Tell) -> tuple[object, ...]:
        """Do it."""
        work: tuple[Work, ...] = tuple(pieces)
        return tuple(piece() for piece in work)

    def end(self) -> None:
        """Nothing goes on."""


class Engine:
    """Forecasts a million a month."""

    def parts(self, series: Series, horizon: int) -> tuple[Callable[[], object], ...]:
        """One model."""
        return (lambda: "one",)

    def combine(self, series: Series, horizon: int, results: tuple[object, ...]) -> Forecast:
        """A million, come what may."""
        return self.forecast(series, horizon)

    def forecast(self, series: Series, horizon: int) -> Forecast:
        """A million a month."""
        each = (1_000_000.0,) * horizon
        bands = (Band(80, each, each), Band(95, each, each))
        return Forecast(each, bands, tuple((1_000_000.0,) * 3 for _ in range(horizon)), "tests", ())


async def test_forecasts_are_computed_when_asked_and_stand_beside(
    demo_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modes, "MODES", {**modes.MODES, "objectives": lambda: Objectives(Engine(), Doing())})
    monkeypatch.setattr("tests.tui.desk.MODES", modes.MODES)
    async with at_desk(demo_path, (160, 40)) as (app, pilot):
        await press(pilot, "g", "b")
        await add(pilot, "", "", "", "30m", "plan")
        assert isinstance(app.screen, Objectives)
        key = standings(app)[0].objective.key
        app.screen.query_one(Grid).move_to(key, "forecast")
        await press(pilot, "right", "left")
        assert "not forecast yet: c computes it" in text_of(app)
        await press(pilot, "c")
        line = app.screen._model.row(0)
        assert line.forecast.amount is not None
        assert line.to_forecast == line.objective.amount - line.forecast.amount
        assert "80%:" in lines_of(app)[-2]
        await press(pilot, "c")
        assert "no forecast to compute" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ObjectivePage)
        beside = {
            words[0]: " ".join(words)
            for words in (each.split() for each in lines_of(app))
            if words and words[0] in ("So", "Forecast", "Assigned", "Last")
        }
        standing, forecast = line.standing, line.forecast
        assert f"{show.money(standing.to_go, 'full')} to go" in beside["So"]
        assert f"Forecast {show.money(forecast.amount, 'full')}" in beside["Forecast"]
        assert "(80%: " in beside["Forecast"]
        assert f"{show.money(standing.assigned.amount, 'full')}" in beside["Assigned"]
        assert "to assign" in beside["Assigned"] or "over-assigned" in beside["Assigned"]
        assert f"{show.money(standing.last_year.amount, 'full')}" in beside["Last"]
        assert "the target is" in beside["Last"]


async def test_another_team_sees_none_of_it_and_other_years_are_named(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "b")
        await add(pilot, "", "West", "FY2026", "9m", "plan")
        assert "There are some of FY2026: P chooses the period" in " ".join(text_of(app).split())
        await press(pilot, ":", *"period FY2026", "enter")
        assert len(standings(app)) == 1
        await press(pilot, ":", *"scope East", "enter")
        assert not standings(app)


async def test_whose_objective_it_is_is_chosen_from_a_list(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "b", "a", "enter")
        assert "Whose objective of volume?" in text_of(app)
        assert "Tarnwick Instruments" in text_of(app)
        await press(pilot, *"wst", "enter")
        assert "Nobody is called that" in text_of(app)
        await press(pilot, "ctrl+u", *"west", "enter", "enter", *"9m", "enter", *"plan", "enter")
        assert [each.objective.scope.name for each in standings(app)] == ["West"]
        await press(pilot, "a", "enter", "escape")
        assert isinstance(app.screen, Objectives)
        assert not app.screen.asking


async def test_a_command_goes_there_and_begins_to_add(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, ":", *"objectives add", "enter")
        assert isinstance(app.screen, Objectives)
        assert "what kind [volume]" in lines_of(app)[-1]
        await asked(pilot, "cont", "", "", "9m", "plan")
        assert standings(app)[0].objective.measure == "margin"
        await add(pilot, "", "West", "", "9m", "its share")
        assert app.screen.in_view is not None
        assert app.screen.in_view.objective.scope.name == "West"


async def test_an_empty_company_has_an_empty_page(sqlite_url: str) -> None:
    async with at_desk(Path(parse(sqlite_url).place)) as (app, pilot):
        await press(pilot, "g", "b")
        assert "a adds the first" in text_of(app)
        await add(pilot, "", "", "", "5", "plan")
        (found,) = standings(app)
        assert found.actual.why == "no sales are known yet"
        await press(pilot, "enter")
        assert "no sales are known yet" in text_of(app).lower()
