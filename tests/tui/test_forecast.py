"""Planning › Forecast: the answer in words, the chart, the months; computing is told, stopped and remembered."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from salestui.forecasting.series import Band, Forecast, Series
from salestui.metrics.reader import COMPANY
from salestui.model.values.amount import Amount
from salestui.planning.forecasts import HORIZON, Answer, History, Month, Range
from salestui.tui.background import Stopped, Tell, Work
from salestui.tui.navigation import View
from salestui.tui.screens.forecast import ForecastPage
from salestui.tui.screens.forecast_text import answer_row, range_text
from salestui.tui.shell import Shell
from salestui.tui.sources.forecasts import Computed
from salestui.tui.widgets.chart.widget import Chart
from salestui.tui.widgets.grid.widget import Grid
from tests.tui import fake_core
from tests.tui.driving import lines_of, press, settle, text_of
from tests.tui.fake_core import AS_OF, CALENDAR, VIEW, FakeCore

MONTH = 1_000_000


class Core(FakeCore):
    """Knows two years of bookings of a million a month; person p2 has sold in three months."""

    def __init__(self) -> None:
        super().__init__()
        self.views: list[View] = []
        self.computed = Computed()
        self.quota: Amount | None = Amount(MONTH)

    def bookings_by_month(self, view: View) -> History:
        self.views.append(view)
        current = CALENDAR.month_of(AS_OF)
        count = {"p1": 30, "p2": 3, "tricky": 0}.get(view.scope, 24)
        past = [Month(CALENDAR.shift(current, step - count), Amount(MONTH + step), self.quota) for step in range(count)]
        ahead = [Month(CALENDAR.shift(current, step), None, self.quota) for step in range(HORIZON)]
        ahead[0] = ahead[0]._replace(booked=Amount(200_000))
        scope = COMPANY._replace(name=f"Scope {view.scope}")
        return History(scope, AS_OF, tuple(past), tuple(ahead), 6, None)


class Engine:
    """Two models; a third of the paths has two millions a month, the others half of one."""

    def __init__(self) -> None:
        self.combined: list[Series] = []

    def parts(self, series: Series, horizon: int) -> tuple[Callable[[], object], ...]:
        return (lambda: "one", lambda: "two")

    def combine(self, series: Series, horizon: int, results: tuple[object, ...]) -> Forecast:
        assert results == ("one", "two")
        self.combined.append(series)
        return self.forecast(series, horizon)

    def forecast(self, series: Series, horizon: int) -> Forecast:
        def each(value: float) -> tuple[float, ...]:
            return (value * MONTH,) * horizon

        bands = (Band(80, each(0.5), each(1.5)), Band(95, each(0.25), each(2)))
        paths = tuple((2.0 * MONTH, 0.5 * MONTH, 0.5 * MONTH) for _ in range(horizon))
        return Forecast(each(1), bands, paths, "mean of tests", ("1 outlier drawn in",))


class Doing:
    """Does the work here and now; or, `held`, a piece whenever it is let go."""

    def __init__(self, held: bool = False) -> None:
        self.gate = asyncio.Semaphore(0 if held else 1000)
        self.ended = asyncio.Event()
        self.ends = 0

    async def do(self, pieces: Sequence[Work], tell: Tell) -> tuple[object, ...]:
        answers = []
        for piece in pieces:
            let, end = asyncio.ensure_future(self.gate.acquire()), asyncio.ensure_future(self.ended.wait())
            try:
                await asyncio.wait({let, end}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                let.cancel()
                end.cancel()
            if self.ended.is_set():
                self.ended.clear()
                raise Stopped
            answers.append(piece())
            tell(len(answers))
        return tuple(answers)

    def end(self) -> None:
        self.ends += 1
        self.ended.set()


class Opened:
    """The app, on the forecast of the whole company."""

    def __init__(self, *, held: bool = False, scope: str = "company") -> None:
        self.core, self.engine = Core(), Engine()
        self.doing = Doing(held)
        modes: Any = {**fake_core.MODES, "forecast": self.page}
        self.app: Shell = fake_core.shell(self.core, modes=modes)
        self.scope = scope

    def page(self) -> ForecastPage:
        """The page."""
        return ForecastPage(self.engine, self.doing)

    async def go(self, pilot: Any) -> ForecastPage:
        """Go there."""
        await settle(pilot)
        self.app.look_through(VIEW._replace(scope=self.scope))
        await pilot.press("g", "f")
        await pilot.pause()
        for _ in range(20):
            await pilot.pause(0.01)
        assert isinstance(self.app.screen, ForecastPage)
        return self.app.screen


async def test_the_answer_comes_in_words_first() -> None:
    opened = Opened()
    async with opened.app.run_test(size=(80, 24)) as pilot:
        await opened.go(pilot)
        await settle(pilot)
        lines = lines_of(opened.app)
        assert lines[2] == " Planning › Forecast  Scope company  bookings by month"
        assert lines[3] == " 2026Q4 will probably end at 2M (80%: 2–4.40M); quota 3M: 33% likely"
        assert lines[4].startswith(" FY2026 will probably end at 11M (80%: ")
        assert "likely" in lines[4]
        rest = " ".join(line.strip() for line in lines[-3:-1])
        assert rest == "24 months of history; mean of tests; 1 outlier drawn in; 2026-11 has 200k so far."


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2025Q3", [" 2025Q3 ended at 3M; quota 3M: reached", " FY2025 ended at 12M; quota 12M: reached"]),
        ("2027Q1", [" 2027Q1 will probably end at ", " FY2027 will probably end at "]),
        ("FY2027", [" FY2027 will probably end at ", ""]),
        ("FY2029", [" FY2029 reaches beyond 2028-04, the last month that is forecast.", ""]),
        ("2020Q1", [" 2020Q1 is before 2024-11, the first month with sales.", ""]),
        ("2026-01-05..2026-02-10", [" 2026-01-05..2026-02-10 is not of whole months.", " FY2026 will probably end at"]),
    ],
)
async def test_the_answer_is_about_the_period_and_its_own_fiscal_year(period: str, said: list[str]) -> None:
    opened = Opened()
    async with opened.app.run_test(size=(80, 24)) as pilot:
        await opened.go(pilot)
        opened.app.look_through(opened.app.view._replace(period=CALENDAR.parse(period, AS_OF)))
        await settle(pilot)
        await settle(pilot)
        for line, start in zip(lines_of(opened.app)[3:5], said, strict=True):
            assert line.startswith(start) if start else not line


@pytest.mark.parametrize(("period", "month"), [("2025Q3", "2025-07"), ("this", "2026-11"), ("2027Q1", "2027-01")])
async def test_the_table_begins_at_the_period_that_is_looked_at(period: str, month: str) -> None:
    opened = Opened()
    async with opened.app.run_test(size=(80, 24)) as pilot:
        page = await opened.go(pilot)
        opened.app.look_through(opened.app.view._replace(period=CALENDAR.parse(period, AS_OF)))
        await settle(pilot)
        assert page.cursor.startswith(month)


async def test_the_chart_has_the_past_the_intervals_and_the_quota() -> None:
    opened = Opened()
    async with opened.app.run_test(size=(80, 24)) as pilot:
        page = await opened.go(pilot)
        await settle(pilot)
        assert not page.query_one(Grid).display
        chart = page.query_one(Chart)
        text = "\n".join(chart.shown)
        assert chart.shown[0] == " ██ booked  ━━ forecast  ▒▒ 80%  ░░ 95%  ╌╌ quota "
        assert all(shape in text for shape in "█━▒░╌")
        assert len(chart.figure.slots) == 24
        await press(pilot, "b")
        assert chart.figure.form == "line"
        assert len(chart.figure.slots) == 30


async def test_the_months_come_as_a_table_on_a_key_and_beside_the_chart_where_there_is_room() -> None:
    opened = Opened()
    async with opened.app.run_test(size=(80, 24)) as pilot:
        page = await opened.go(pilot)
        await settle(pilot)
        await press(pilot, "t")
        assert not page.query_one(Chart).display
        assert page.cursor == "2026-11"
        row = next(line for line in lines_of(opened.app) if line.startswith(" 2026-12"))
        assert row.replace("│", " ").split() == ["2026-12", "–", "1M", "500k–1.50M", "250k–2M", "1M"]
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert page.query_one(Chart).display
        assert page.query_one(Grid).display


async def test_computing_is_told_in_one_line_that_changes_with_every_model() -> None:
    opened = Opened(held=True)
    async with opened.app.run_test(size=(80, 24)) as pilot:
        await opened.go(pilot)
        assert lines_of(opened.app)[3] == " Fitting: 0 of 2 models… x stops it."
        assert "█" in text_of(opened.app)
        opened.doing.gate.release()
        await pilot.pause(0.05)
        assert lines_of(opened.app)[3] == " Fitting: 1 of 2 models… x stops it."
        for _ in range(2):
            opened.doing.gate.release()
        await pilot.pause(0.05)
        await settle(pilot)
        assert "will probably end" in lines_of(opened.app)[3]


async def test_computing_is_stopped_and_begun_again_by_key() -> None:
    opened = Opened(held=True)
    async with opened.app.run_test(size=(80, 24)) as pilot:
        await opened.go(pilot)
        await pilot.press("x")
        await pilot.pause(0.05)
        assert lines_of(opened.app)[3] == " Stopped. Press c to compute it."
        assert opened.doing.ends == 1
        await press(pilot, "x")
        assert lines_of(opened.app)[-1] == " Nothing is being computed."
        for _ in range(3):
            opened.doing.gate.release()
        await press(pilot, "c")
        assert "will probably end" in lines_of(opened.app)[3]
        await press(pilot, "c")
        assert lines_of(opened.app)[-1] == " There is nothing to compute."


async def test_another_scope_is_computed_and_a_known_one_is_not() -> None:
    opened = Opened()
    async with opened.app.run_test(size=(80, 24)) as pilot:
        page = await opened.go(pilot)
        await settle(pilot)
        for scope in ("p1", "company"):
            opened.app.look_through(opened.app.view._replace(scope=scope))
            await settle(pilot)
            assert f"Scope {scope}" in lines_of(opened.app)[2]
            assert "will probably end" in lines_of(opened.app)[3]
        assert [len(series.values) for series in opened.engine.combined] == [24, 30]
        opened.app.look_through(opened.app.view._replace(period=CALENDAR.parse("2026Q3", AS_OF)))
        await settle(pilot)
        assert lines_of(opened.app)[3].startswith(" 2026Q3 ended at 3")
        assert "reached" in lines_of(opened.app)[3]
        assert len(opened.engine.combined) == 2
        assert page.is_current


async def test_what_is_not_wanted_any_more_is_dropped() -> None:
    opened = Opened(held=True)
    async with opened.app.run_test(size=(80, 24)) as pilot:
        await opened.go(pilot)
        opened.app.look_through(opened.app.view._replace(scope="p1"))
        await pilot.pause(0.2)
        for _ in range(3):
            opened.doing.gate.release()
        await pilot.pause(0.05)
        await settle(pilot)
        assert [len(series.values) for series in opened.engine.combined] == [30]
        assert "Scope p1" in lines_of(opened.app)[2]
        assert "will probably end" in lines_of(opened.app)[3]


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ("p2", "A forecast needs at least 6 complete months with sales: Scope p2 has 3 so far."),
        ("tricky", "A forecast needs at least 6 complete months with sales: Scope tricky has none yet."),
    ],
)
async def test_too_few_months_say_what_is_needed(scope: str, said: str) -> None:
    opened = Opened(scope=scope)
    async with opened.app.run_test(size=(80, 24)) as pilot:
        page = await opened.go(pilot)
        await settle(pilot)
        assert said in " ".join(text_of(opened.app).split())
        assert not page.query_one(Chart).display
        assert not opened.engine.combined
        await press(pilot, "t")
        assert lines_of(opened.app)[-1] == " There are too few months with sales to show."


async def test_without_a_quota_nothing_is_said_of_reaching_it() -> None:
    opened = Opened()
    opened.core.quota = None
    async with opened.app.run_test(size=(80, 24)) as pilot:
        page = await opened.go(pilot)
        await settle(pilot)
        assert lines_of(opened.app)[3].endswith("; no quota is set")
        assert "quota" not in page.query_one(Chart).shown[0]


async def test_leaving_the_app_ends_the_work() -> None:
    opened = Opened(held=True)
    async with opened.app.run_test(size=(80, 24)) as pilot:
        await opened.go(pilot)
    assert opened.doing.ends == 1


async def test_the_day_makes_no_difference_to_what_is_read() -> None:
    opened = Opened()
    async with opened.app.run_test(size=(80, 24)) as pilot:
        await opened.go(pilot)
        await settle(pilot)
        opened.app.look_through(opened.app.view._replace(as_of=date(2026, 11, 1)))
        await settle(pilot)
    assert [view.as_of for view in opened.core.views] == [AS_OF, date(2026, 11, 1)]


def told(booked: int, quota: int | None, chance: str | None, without: int = 0) -> str:
    """How the answer about a year is worded."""
    inner, outer = Range(80, Amount(800_000), Amount(1_200_000)), Range(95, Amount(1), Amount(2))
    wanted, share = None if quota is None else Amount(quota), None if chance is None else Decimal(chance)
    year = CALENDAR.year_of(AS_OF)
    row = answer_row(Answer(year, Amount(booked), Amount(MONTH), (inner, outer), wanted, without, share, over=False))
    return "".join(span.text for span in row).partition("; ")[2]


@pytest.mark.parametrize(
    ("booked", "quota", "chance", "without", "said"),
    [
        (0, 900_000, "0.18", 0, "quota 900k: 18% likely"),
        (0, 900_000, "0.004", 0, "quota 900k: <1% likely"),
        (0, 900_000, "1", 0, "quota 900k: >99% likely"),
        (900_000, 900_000, "1", 0, "quota 900k is reached"),
        (0, 900_000, None, 3, "quota 900k, not set for 3 months"),
        (0, None, None, 12, "no quota is set"),
    ],
)
def test_how_likely_the_quota_is_is_worded_plainly(
    booked: int, quota: int | None, chance: str | None, without: int, said: str
) -> None:
    assert told(booked, quota, chance, without) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(39_800_000, 42_900_000, "39.8–42.9M"), (900_000, 1_200_000, "900k–1.20M"), (5, 20, "5–20"), (0, 900, "0–900")],
)
def test_a_range_names_its_unit_once(low: int, high: int, said: str) -> None:
    assert range_text(Amount(low), Amount(high)) == said
