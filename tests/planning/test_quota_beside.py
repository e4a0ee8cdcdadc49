"""What stands beside the numbers of a plan, in both databases: levels, figures from below, pages, what others do."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from salestui.metrics.quota_breakdown import read_bearing, read_breakdown
from salestui.metrics.reader import COMPANY
from salestui.metrics.work import undo_last, work
from salestui.model.tables.market import ProductLine
from salestui.model.tables.organisation import Person, Seat
from salestui.model.tables.planning import Objective
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.beside import Levels
from salestui.planning.quotas.commands.amounts import Edit, SetQuotas, set_quotas
from salestui.planning.quotas.commands.locks import lock
from salestui.planning.quotas.commands.submissions import submit_figures
from salestui.planning.quotas.commands.targets import set_target
from salestui.planning.quotas.queries.around import Asked, Surroundings, read_surroundings
from salestui.planning.quotas.queries.cell import At, CellView, read_cell
from salestui.planning.quotas.queries.handed_in import HandedIn, read_handed_in
from salestui.planning.quotas.queries.meanwhile import read_meanwhile
from salestui.planning.quotas.rules.handing_in import figures
from salestui.planning.quotas.rules.ways import EVEN
from salestui.planning.quotas.sheet import Hold
from salestui.planning.quotas.standing import read_plan
from salestui.store.database import Database, parse
from salestui.store.pulse import Pulse
from salestui.store.quick import open_reader
from tests.planning.support import LEE, YEAR, seen, sheet_of, the_leaf
from tests.support.companies import building, put_together
from tests.support.rich_company import build_adjusted

MONTHS = FiscalCalendar()
DAY = date(2026, 3, 1)
BASE = Amount("100.01")


def around(place: Database, *, whole: bool = True) -> Surroundings:
    """What stands around this year's plan."""
    view = seen(place)
    assert view.plan is not None
    with open_reader(place) as reader:
        asked = Asked(view.plan, view.year, view.months, DAY, whole)
        return read_surroundings(reader, MONTHS, asked, lambda moment: moment)


def cell_of(place: Database, row: str, first: int, last: int) -> CellView:
    """A number's page."""
    with open_reader(place) as reader:
        found = read_cell(reader, MONTHS, YEAR, COMPANY, DAY, "All", At(row, first, last))
    assert found is not None
    return found


def row_of(place: Database, label: str) -> int:
    return next(number for number, node in enumerate(seen(place).nodes) if node.label == label)


def test_a_level_is_set_against_its_target_and_what_was_handed_in(place: Database, writer: Engine, draft: int) -> None:
    view = seen(place)
    leaves = [the_leaf(view, "Ana", month) for month in (1, 2)]
    with work(writer, LEE, "hand in") as begun:
        submit_figures(begun, draft, leaves[0].seat, {leaves[0]: Amount(70), leaves[1]: Amount(80)}, "all I can")
        set_target(begun, draft, None, view.months[0], view.months[-1], Amount(1000))
        set_quotas(begun, SetQuotas(draft, [Edit(leaves[0], Amount(90), Amount(70))], over=[leaves[0]]))
    sheet = sheet_of(seen(place))
    level = Levels(sheet, around(place)).at(0, 0)
    assigned = sheet.value(0, 0)
    assert assigned is not None
    assert (level.assigned, level.submitted, level.seats_in) == (assigned, Amount(150), 1)
    assert level.to_assign == Amount(1000) - assigned
    assert level.over == assigned.ratio(Amount(1000)) - 1
    assert level.gap == Amount(20)
    assert level.beyond == Amount(850)
    months = Levels(sheet, around(place)).at(0, 1)
    assert (months.target, months.to_assign, months.over, months.beyond) == (None, None, None, None)


def test_an_approved_objective_stands_in_for_a_target_until_there_is_one(
    place: Database, writer: Engine, draft: int
) -> None:
    view = seen(place)
    with building(writer) as company:
        team = int(view.nodes[row_of(place, "West")].key.partition(":")[2])
        for kind, scope, amount in (("company", 0, 5000), ("team", team, 900)):
            company.add(
                Objective(
                    kind="volume",
                    measure="bookings",
                    scope_kind=kind,
                    scope_id=scope,
                    period="FY2026",
                    amount=Amount(amount),
                    state="approved",
                    objective_version=1,
                )
            )
    levels = Levels(sheet_of(view), around(place))
    west = row_of(place, "West")
    found = levels.target(west, 0)
    assert found is not None
    assert (found.amount, found.from_objective) == (Amount(900), True)
    with work(writer, LEE, "own") as begun:
        set_target(begun, draft, team, view.months[0], view.months[-1], Amount(800))
    own = Levels(sheet_of(view), around(place)).target(west, 0)
    assert own is not None
    assert (own.amount, own.from_objective) == (Amount(800), False)


def test_the_company_s_target_is_not_that_of_a_team_seen_alone(place: Database, writer: Engine, draft: int) -> None:
    view = seen(place)
    with work(writer, LEE, "target") as begun:
        set_target(begun, draft, None, view.months[0], view.months[-1], Amount(1000))
    sheet = sheet_of(view)
    assert Levels(sheet, around(place)).target(0, 0) is not None
    assert Levels(sheet, around(place, whole=False)).target(row_of(place, "West"), 0) is None


def test_who_has_handed_in_is_listed_beside_quota_and_gap_up_to_the_company(
    place: Database, writer: Engine, draft: int
) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    with work(writer, LEE, "hand in") as begun:
        submit_figures(begun, draft, leaf.seat, {leaf: Amount(70)}, "all I can")
        set_quotas(begun, SetQuotas(draft, [Edit(leaf, Amount(90), Amount(70))], over=[leaf]))
    with open_reader(place) as reader:
        view = read_handed_in(reader, MONTHS, YEAR, COMPANY, DAY, "All")
    rows: dict[str, HandedIn] = {row.label: row for row in view.rows}
    ana, di, west = rows["Ana"], rows["Di"], rows["West"]
    assert (ana.submitted, ana.months, ana.note, ana.who) == (Amount(70), 1, "all I can", "lee")
    assert ana.quota is not None
    assert ana.quota > Amount(90)
    assert ana.gap == Amount(20)
    assert (di.submitted, di.gap, di.at) == (None, None, None)
    assert west.is_team
    top = view.rows[0]
    assert (top.submitted, top.months) == (Amount(70), 1)
    asked = [row.label for row in view.rows if not row.is_team and row.of and not row.vacant]
    assert top.of == len(asked)
    assert any(row.vacant and row.of for row in view.rows), "a vacant seat with a quota is asked for nothing"
    assert top.quota is not None
    assert top.gap == Amount(20)
    assert cell_of(place, f"seat:{leaf.seat}", 0, 11).quota_in == Amount(90)


def test_a_number_s_page_has_lock_figures_effective_and_story(place: Database, writer: Engine, draft: int) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    with work(writer, LEE, "Set it\nbecause") as begun:
        set_quotas(begun, SetQuotas(draft, [Edit(leaf, Amount(90), BASE)]))
        submit_figures(begun, draft, leaf.seat, {leaf: Amount(90)}, "note")
        lock(begun, draft, [leaf], "agreed")
    month = cell_of(place, f"seat:{leaf.seat}", 0, 0)
    assert (month.quota, month.submitted, month.is_team) == (Amount(90), Amount(90), False)
    assert [each.reason for each in month.locks.values()] == ["agreed"]
    told = month.story[0]
    assert (told.before, told.after, told.who, told.why) == (BASE, Amount(90), "lee", "because")
    assert month.name(told.leaf) == "Jan"
    assert sum(part.effective.units for part in month.parts) == Amount(90).units
    team = cell_of(place, "company" if seen(place).nodes[0].key == "company" else seen(place).nodes[0].key, 0, 11)
    assert team.is_team
    assert team.quota == sheet_of(seen(place)).value(0, 0)
    assert "Ana" in team.name(told.leaf)
    quarter = cell_of(place, f"seat:{leaf.seat}", 0, 2)
    assert quarter.quota == Amount(90) + BASE + BASE
    with open_reader(place) as reader:
        assert read_cell(reader, MONTHS, YEAR, COMPANY, DAY, "All", At("seat:999", 0, 0)) is None


def test_the_page_of_a_product_line_is_of_that_line_alone(place: Database, writer: Engine, draft: int) -> None:
    view = seen(place)
    sheet = sheet_of(view)
    with building(writer) as company:
        bo, seat = company.named(Person, name="Bo"), company.named(Seat, title="West 2")
        for amount, line in ((30, "Hardware"), (40, "Services"), (50, None)):
            of = None if line is None else company.named(ProductLine, name=line)
            company.sale(amount, "2025-02-05", (bo, seat, "primary", amount), line=of)
    numbers = [row_of(place, row) for row in ("any line", "Services")]
    for number, booked in zip(numbers, (80, 40), strict=True):
        page = cell_of(place, view.nodes[number].key, 0, 11)
        assert page.quota == sheet.value(number, 0)
        assert page.last_year == Amount(booked)
        assert page.elsewhere is None
        assert Amount.sum(part.effective for part in page.parts) == page.quota
        assert sum(part.month.start.month == 2 for part in page.parts) == 2
    services = view.nodes[numbers[1]]
    assert cell_of(place, f"seat:{services.seat}", 0, 11).last_year == Amount(120)
    february = cell_of(place, services.key, 1, 1)
    assert (february.quota, february.effective) == (Amount(50), Amount(50))
    assert cell_of(place, services.key, 0, 0).quota is None


def test_the_company_s_page_says_what_was_booked_by_none_of_its_seats(
    place: Database, writer: Engine, draft: int
) -> None:
    before = cell_of(place, seen(place).nodes[0].key, 0, 11)
    with building(writer) as company:
        company.sale("70.5", "2025-02-05")
        company.sale(9, "2025-06-05")
    page, quarter = (cell_of(place, seen(place).nodes[0].key, 0, last) for last in (11, 2))
    known = before.elsewhere.units if before.elsewhere is not None else 0
    assert page.elsewhere is not None
    assert page.elsewhere.units - known == Amount("79.5").units
    assert page.last_year == before.last_year
    assert quarter.elsewhere is not None
    assert quarter.elsewhere.units <= page.elsewhere.units - Amount(9).units


def test_what_bears_on_a_quota_gives_what_its_breakdown_gives(sqlite_url: str) -> None:
    with open_reader(put_together(parse(sqlite_url), build_adjusted)) as reader:
        bearing = read_bearing(reader, MONTHS, YEAR)
        whole = read_breakdown(reader, MONTHS, YEAR)
        plan = read_plan(reader, 2026)
        assert plan is not None
        cells = reader.rows("SELECT seat_id, month, amount FROM quota_cell WHERE amount IS NOT NULL ORDER BY id")
    amounts: dict[tuple[int, date], list[Amount]] = {}
    for seat, month, units in cells:
        amounts.setdefault((seat, date.fromisoformat(month)), []).append(Amount.from_units(units))
    found = [part for (seat, month), each in sorted(amounts.items()) for part in bearing.parts(seat, month, each)]
    known = [part for part in whole if part.seat in bearing.seats]
    assert [part for part in found if part.seat in bearing.seats] == known
    assert all(not part.adjusted for part in whole if part.seat not in bearing.seats)


def test_the_number_of_the_latest_change_grows_and_what_was_done_is_told(
    place: Database, writer: Engine, draft: int
) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    with Pulse(place) as pulse:
        before = pulse.number()
        assert pulse.number() == before
        with work(writer, LEE, "Set one\nits story") as begun:
            set_quotas(begun, SetQuotas(draft, [Edit(leaf, Amount(1), BASE)]))
        assert pulse.number() > before
    with building(writer) as company:
        company.add(Seat(title="New", kind="seller", valid_from=date(2026, 4, 1)))
    undo_last(writer, LEE)
    with open_reader(place) as reader:
        found = read_meanwhile(reader, before)
    assert [(done.who, done.what, done.kind) for done in found.changes][-1] == ("lee", "Set one", "edit")
    assert [done.kind for done in found.changes] == ["undo", "edit"]
    with Pulse(place) as pulse:
        assert found.number == pulse.number()
    with open_reader(place) as reader:
        assert read_meanwhile(reader, found.number).changes == ()


def test_figures_go_over_what_was_handed_in_before_and_not_over_locks(place: Database, draft: int) -> None:
    sheet = sheet_of(seen(place))
    row = row_of(place, "Ana")
    locked, given = (the_leaf(seen(place), "Ana", month) for month in (1, 2))
    sheet.holds = {
        locked: Hold("lock", "agreed", "lee", DAY),
        given: Hold("submitted", "", "lee", DAY),
    }
    found = figures(sheet, row, 0, Amount(1000), EVEN)
    assert found[locked] == BASE
    assert sum((amount.decimal for amount in found.values()), Decimal(0)) == 1000
    assert found[given] != BASE
    assert sheet.leaf(given) == BASE
    with pytest.raises(UsageProblem):
        figures(sheet, row, 0, Amount(1), EVEN)


def test_a_planned_seat_and_who_is_yet_to_come_say_from_when(place: Database, writer: Engine, draft: int) -> None:
    with building(writer) as company:
        top = company.named(Seat, title="VP Sales")
        company.seat("Planned", top, days=("2026-04-01", "9999-12-31"))
        coming = company.seat("Open", top)
        company.sits(company.person("Hal"), coming, ("2026-06-10", "9999-12-31"))
    labels = [node.label for node in seen(place).nodes]
    assert "Planned (from Apr)" in labels
    assert "Hal (from Jun)" in labels
    levels = Levels(sheet_of(seen(place)), around(place))
    starts = {node.label: levels.starts(row) for row, node in enumerate(seen(place).nodes)}
    assert starts["Planned (from Apr)"] == date(2026, 4, 1)
    assert starts["Hal (from Jun)"] is None
