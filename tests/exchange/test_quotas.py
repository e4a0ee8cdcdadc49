"""Quotas: months, quarters and years, seats and people, plans."""

import pytest

from salestui.metrics.work import work
from salestui.model.tables.quotas import QuotaPlan
from salestui.planning.quotas.commands.versions import approve, begin_version, publish, submit
from salestui.store.company import CLOSED_THROUGH
from tests.exchange.support import ANN, SMALL, Desk, told
from tests.support.companies import building

CELLS = (
    "SELECT s.source_id, q.month, q.amount FROM quota_cell q JOIN seat s ON s.id = q.seat_id"
    " JOIN quota_plan p ON p.id = q.plan_id ORDER BY 1, 2"
)
SPREAD = """
source = "layout"

[company]
first_month = 2

[[feed]]
entity = "quota"
file = "targets.csv"
grain = "GRAIN"
[feed.fields]
person = "who"
date = { column = "day", shift = "+3 days" }
amount = { column = "target", none = ["-", ""] }
"""


def spread(desk: Desk, grain: str, rows: str) -> list[tuple[str, str, int | None]]:
    desk.small(quotas=None)
    path = desk.write({"targets.csv": "who;day;target\n" + rows}) / "targets.csv"
    report = desk.load(SPREAD.replace("GRAIN", grain), path)
    assert not report.refusals
    return [(seat, str(month)[:7], amount) for seat, month, amount in desk.rows(CELLS)]


def test_a_quarter_is_spread_evenly_over_its_fiscal_months_and_sums_to_itself(desk: Desk) -> None:
    assert spread(desk, "quarter", "P2;2026-01-30;100\n") == [
        ("S2", "2026-02", 340_000),
        ("S2", "2026-03", 330_000),
        ("S2", "2026-04", 330_000),
    ]
    assert desk.rows("SELECT fiscal_year, state FROM quota_plan") == [(2027, "published")]


def test_a_year_is_spread_over_twelve_months_to_the_cent(quick_desk: Desk) -> None:
    cells = spread(quick_desk, "year", "P2;2026-05-05;1000.55\nP3;2026-05-05;-\n")
    assert len(cells) == 24
    assert sum(amount or 0 for _, _, amount in cells) == 10_005_500
    assert all(amount is None for seat, _, amount in cells if seat == "S3")


def test_a_persons_quota_is_the_seats_they_hold_as_the_month_begins(quick_desk: Desk) -> None:
    moving = "person,seat,valid_from,valid_to\nP2,S2,2020-01-01,2026-02-28\nP2,S3,2026-03-01,\n"
    quick_desk.small(quotas=None, occupancies=moving)
    path = quick_desk.write({"targets.csv": "who;day;target\nP2;2026-02-10;300\n"}) / "targets.csv"
    quick_desk.load(SPREAD.replace("GRAIN", "quarter"), path)
    assert [(seat, str(month)) for seat, month, _ in quick_desk.rows(CELLS)] == [
        ("S2", "2026-02-01"),
        ("S3", "2026-03-01"),
        ("S3", "2026-04-01"),
    ]


def test_quotas_are_the_same_after_a_second_import_and_follow_a_correction(desk: Desk) -> None:
    desk.small()
    again = desk.load()
    assert not again.written
    assert not again.warnings
    report = desk.small(quotas=SMALL["quotas.csv"].replace("500", "600"))
    assert report.counts["quota"].updated == 1
    told_of = "The plan of bookings of FY2026 is in force and the source's own: 1 of its quotas changes in place"
    assert any(told_of in warning for warning in report.warnings)
    assert desk.one("SELECT count(*) FROM quota_plan") == 1


@pytest.mark.parametrize(
    ("row", "told_so"),
    [
        ("2026,S2,2026-01-15,,5", "2026-01-15 is no first day of a fiscal month. Expected 2026-01-01"),
        ("2027,S2,2026-01-01,,5", "2026-01-01 belongs to FY2026, not FY2027"),
        ("2026,,2026-01-01,,5", "whose quota it is"),
        ("2026,S2,,,5", "the month of the quota"),
        ("2026,S2,2026-01-01,L9,5", "There is no “L9”"),
        ("2026,S2,2026-01-01,,5\n2026,S2,2026-01-01,,6", "stands in quotas.csv, row 3 too, with another amount"),
    ],
)
def test_quotas_that_do_not_fit_are_refused(quick_desk: Desk, row: str, told_so: str) -> None:
    report = quick_desk.small(quotas=f"fiscal_year,seat,month,line,amount\n{row}\n")
    assert told_so in told(report)


def test_two_rows_that_cover_the_same_month_are_refused(quick_desk: Desk) -> None:
    quick_desk.small(quotas=None)
    content = "who;day;target\nP2;2026-02-10;300\nP2;2026-03-10;300\n"
    path = quick_desk.write({"targets.csv": content}) / "targets.csv"
    report = quick_desk.load(SPREAD.replace("GRAIN", "quarter"), path)
    assert "The quota of 2026-02 is told before, in row 2" in told(report)


def test_a_second_published_plan_would_count_twice_and_is_refused(quick_desk: Desk) -> None:
    with work(quick_desk.engine, ANN, "Own plan") as unit:
        unit.session.add(QuotaPlan(fiscal_year=2026, state="published"))
    assert "There is a published plan of bookings for that year already" in told(quick_desk.small())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("S2,2026-01-01,,500", "S2,2026-01-01,,600"),
        ("S2,2026-02-01,,", "S2,2026-02-01,,1"),
        ("S3,2026-01-01,L1,0", "S3,2026-01-01,L1,7"),
    ],
)
def test_a_quota_of_a_closed_month_stays_as_it_is(quick_desk: Desk, old: str, new: str) -> None:
    quick_desk.small()
    with building(quick_desk.engine) as company:
        company.setting(CLOSED_THROUGH, "2026-01-31" if "02-01" not in old else "2026-02-28")
    before, rows = quick_desk.rows(CELLS), SMALL["quotas.csv"]
    report = quick_desk.small(quotas=rows.replace(old, new))
    assert not report.written
    assert "are closed. Expected the quota that stands there" in told(report)
    assert quick_desk.rows(CELLS) == before
    later = quick_desk.small(quotas=rows + "2026,S2,2026-03-01,,9\n")
    assert later.counts["quota"].inserted == 1, told(later)


def test_quotas_that_were_superseded_here_may_change_in_closed_months_too(quick_desk: Desk) -> None:
    quick_desk.small()
    with building(quick_desk.engine) as company:
        draft = begin_version(company.work, 2026).id or 0
        submit(company.work, draft)
        approve(company.work, draft)
        publish(company.work, draft)
        company.setting(CLOSED_THROUGH, "2026-01-31")
    report = quick_desk.small(quotas=SMALL["quotas.csv"].replace("500", "600"))
    assert report.counts["quota"].updated == 1, told(report)


def test_a_weekly_calendar_has_months_of_its_own(quick_desk: Desk) -> None:
    company = SMALL["company.toml"] + 'scheme = "4-4-5"\nfirst_month = 2\n'
    quick_desk.small(company=company, quotas="fiscal_year,seat,month,line,amount\n2027,S2,2026-03-02,,5\n")
    assert [str(month) for _, month, _ in quick_desk.rows(CELLS)] == ["2026-03-02"]
