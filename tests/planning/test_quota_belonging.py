"""What of a team's quotas counts for another team: sums in the sheet against the KPIs' quota, and how it is told."""

from datetime import date

import pytest

from salestui.metrics.kpis import read_basis, read_kpis
from salestui.metrics.reader import AS_IT_WAS, Lens, Scope
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas.belonging import Apart, Belonging
from salestui.planning.quotas.queries.around import Surroundings
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.sheet import Sheet
from salestui.store.database import Database
from salestui.store.quick import open_reader
from salestui.tui.screens.quota_apart import apart_told
from salestui.tui.screens.quota_model import QuotaModel
from tests.planning.support import YEAR, seen, sheet_of

SPRING, WINTER = date(2026, 3, 1), date(2026, 1, 15)
ROUNDING = 3
"""Ten-thousandths: the facts give every whole day its own, a sum here is rounded once."""


def belonging_of(view: PlanView) -> tuple[Sheet, Belonging]:
    return sheet_of(view), Belonging(view.nodes, view.months, view.year, view.stays)


def row_of(sheet: Sheet, label: str) -> int:
    return next(number for number, node in enumerate(sheet.nodes) if node.label == label)


@pytest.mark.parametrize("on", [WINTER, SPRING])
def test_a_teams_sum_with_what_counts_otherwise_is_its_quota_in_kpis(place: Database, on: date) -> None:
    view = seen(place, on=on)
    sheet, belonging = belonging_of(view)
    calendar = FiscalCalendar()
    lens = Lens(calendar, AS_IT_WAS, on)
    apart = 0
    with open_reader(place) as reader:
        for period in (YEAR, *calendar.quarters(YEAR), *calendar.months(YEAR)):
            span = next(number for number, span in enumerate(sheet.spans) if span.key in (period.label, period.kind))
            basis = read_basis(reader, lens, period, {})
            for row, node in enumerate(sheet.nodes):
                kind, _, seat = node.key.partition(":")
                if kind != "team":
                    continue
                scope = Scope("team", int(seat), node.label)
                (attained,) = read_kpis(reader, lens, scope, period, basis, ["attainment"])
                parts = belonging.of(sheet, row, span)
                shown = sheet.value(row, span) or Amount(0)
                ours = shown.units + sum(part.amount.units if part.here else -part.amount.units for part in parts)
                kept = Amount(attained.base_quota or 0).units
                assert abs(ours - kept) <= ROUNDING, (node.label, period.label)
                apart += bool(parts)
    assert apart


def test_both_teams_of_a_seat_that_moved_say_so(place: Database) -> None:
    sheet, belonging = belonging_of(seen(place, on=SPRING))
    (gave,) = belonging.of(sheet, row_of(sheet, "East"), 0)
    (took,) = belonging.of(sheet, row_of(sheet, "West"), 0)
    assert gave.amount == took.amount == Amount("150.015")
    assert (gave.here, gave.team, gave.since, gave.until) == (False, "West", date(2026, 1, 1), date(2026, 2, 14))
    assert (took.here, took.team, took.until) == (True, "East", date(2026, 2, 14))
    assert belonging.of(sheet, row_of(sheet, "Sales"), 0) == ()
    march = next(number for number, span in enumerate(sheet.spans) if span.first == span.last == 2)
    assert belonging.of(sheet, row_of(sheet, "East"), march) == ()


def test_what_is_typed_moves_what_counts_elsewhere(place: Database) -> None:
    view = seen(place, on=SPRING)
    sheet, belonging = belonging_of(view)
    wanderer = row_of(sheet, "Di")
    january = next(number for number, span in enumerate(sheet.spans) if span.first == span.last == 0)
    (key,) = sheet.keys(wanderer, january)
    sheet.put_many({key: Amount(700).units})
    assert [part.amount for part in belonging.of(sheet, row_of(sheet, "East"), january)] == [Amount(700)]


def test_the_sheet_marks_such_a_sum_and_its_status_says_why(place: Database) -> None:
    model = QuotaModel(seen(place, on=SPRING), Surroundings())
    rows = {model.sheet.nodes[model.row(row)].label: row for row in range(model.row_count)}
    assert model.cell(rows["East"], 1).mark == "≠"
    assert "of this 150 belongs to West, where Di sat until February" in model.describe(rows["East"], 1)
    assert "150 more belongs here, where Di sat until February" in model.describe(rows["West"], 1)
    assert model.cell(rows["Sales"], 1).mark == " "
    assert "belongs" not in model.describe(rows["Sales"], 1)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([], []),
        (
            [Apart(Amount(107_000), False, "Central", ("Bo",), date(2026, 1, 1), date(2026, 3, 31))],
            ["of this 107k belongs to Central, where Bo sat until March"],
        ),
        (
            [Apart(Amount(9_000), False, "Central", ("Bo", "Cy", "Di"), date(2026, 6, 1), None)] * 2,
            ["of this 9k belongs to Central, where Bo and 2 more sit from June; 1 more such"],
        ),
        (
            [Apart(Amount(9_000), False, "", ("Bo",), date(2026, 1, 1), date(2026, 3, 31))],
            ["of this 9k belongs to no team, for Bo was in none until March"],
        ),
    ],
)
def test_what_counts_elsewhere_is_told_in_one_sentence(parts: list[Apart], told: list[str]) -> None:
    assert apart_told(parts) == told
