"""Today: the picture agrees with the KPIs, names who is behind, and leaves out what has no data."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from salestui.metrics.kpis import read_kpis
from salestui.model.values.amount import Amount
from salestui.model.values.period import weekdays
from salestui.process.today import TodayView, read_today
from salestui.store.database import parse
from tests.support.looking import looking

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 400))
def test_selling_days_are_mondays_to_fridays(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    counted = sum((start + timedelta(days=n)).weekday() < 5 for n in range(length + 1))
    assert weekdays(start, end) == counted


@given(DAYS)
def test_there_are_none_when_the_period_is_over(day: date) -> None:
    assert weekdays(day + timedelta(days=1), day) == 0


def picture(path: Path, period: str = "this", scope: str | None = None) -> TodayView:
    """The picture of a scope, by default the company's."""
    with looking(path, period) as at:
        found = next(place.scope for place in at.places if scope in (None, place.scope.name))
        return read_today(at.reader, at.company, at.lens, found, at.period)


def test_the_gap_is_quota_less_bookings_and_spread_over_the_days_left(demo_path: Path) -> None:
    view = picture(demo_path)
    attainment = view.kpis["attainment"]
    assert attainment.numerator is not None
    assert attainment.denominator is not None
    assert view.gap == Amount(attainment.denominator - attainment.numerator)
    left = weekdays(view.as_of + timedelta(days=1), view.period.end)
    assert view.a_day is not None
    assert abs(view.a_day.units * left - view.gap.units) <= left * Amount(1).units // 2


def test_people_are_judged_one_by_one_and_the_furthest_behind_comes_first(demo_path: Path) -> None:
    view = picture(demo_path)
    attained = [standing.attainment for standing in view.standings]
    assert attained == sorted(attained)
    with looking(demo_path) as at:
        for standing in view.standings:
            place = next(p for p in at.places if p.scope.kind == "person" and p.scope.id == standing.person)
            (alone,) = read_kpis(at.reader, at.lens, place.scope, at.period, at.basis, ("attainment",))
            assert alone.level == standing.level
            assert alone.numerator == standing.bookings.decimal
            assert alone.denominator == standing.quota.decimal


def test_what_needs_the_manager_names_those_off_pace_first(demo_path: Path) -> None:
    view = picture(demo_path)
    off = [standing.name for standing in view.standings if standing.level == "bad"]
    assert view.needs[0].urgent
    assert view.needs[0].text == f"{len(off)} off pace: {', '.join(off)}"
    assert any(need.goal == "pipeline:late" and str(view.past_due[0]) in need.text for need in view.needs)
    assert len(view.needs) <= 8


def test_one_alone_off_pace_is_led_to_by_name(demo_path: Path) -> None:
    view = picture(demo_path)
    alone = next(standing for standing in view.standings if standing.level == "bad")
    with looking(demo_path) as at:
        scope = next(
            place.scope for place in at.places if (place.scope.kind, place.scope.id) == ("person", alone.person)
        )
    need = picture(demo_path, scope=scope.name).needs[0]
    assert (need.text, need.goal) == (f"{alone.name} off pace", f"person:{alone.person}")


def test_vacant_seats_and_the_quota_plan_stand_in_the_cycle(demo_path: Path) -> None:
    steps = {step.name: step for step in picture(demo_path).cycle}
    assert steps["Staffing"].text.startswith("2 of ")
    assert steps["Quotas"].text.startswith("FY2025 v1 published")
    assert steps["Measure"] == steps["Measure"]._replace(done="done", text="data of Thu 20 Nov")


def test_a_finished_period_has_no_selling_days_left(demo_path: Path) -> None:
    view = picture(demo_path, "2025Q2")
    assert view.basis.over
    assert view.a_day is None


def test_a_team_is_pictured_alone(demo_path: Path) -> None:
    company, west = picture(demo_path), picture(demo_path, scope="West")
    assert 0 < len(west.standings) < len(company.standings)
    assert {standing.person for standing in west.standings} < {standing.person for standing in company.standings}


def test_a_database_without_data_has_a_picture_of_nothing(sqlite_url: str) -> None:
    view = picture(Path(parse(sqlite_url).place))
    assert view.gap is None
    assert not [*view.standings, *view.needs, *view.cycle]
    assert view.kpis["attainment"].value is None
