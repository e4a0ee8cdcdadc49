"""Whatever is changed, taken back and made again, the measures are what deriving everything anew gives.

And a change rewrites the cells it touched, not those of others.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from salestui.metrics.checking import check_derived
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.base import Row
from salestui.model.tables.exchange import Setting
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.market import ProductLine
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat
from salestui.model.tables.pipeline import Opportunity, Stage
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.tables.staffing import Ramp, Ramping, Relief
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import LATEST
from salestui.store import bulk
from salestui.store.company import CALENDAR_KEYS
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.trace import Trace
from salestui.store.work import Work
from tests.metrics.conftest import Fresh
from tests.support.companies import KIM, Builder, building, id_of
from tests.support.examples import fewer
from tests.support.rich_company import CALENDARS, build_adjusted, build_random, random_day

Kept = TypeVar("Kept", bound=Row)
Edit = Callable[[Work, Random], None]
AMOUNTS = (None, "0", "10", "99.9999", "-7", "5000")


def one(begun: Work, chance: Random, model: type[Kept]) -> Kept | None:
    """Some row of a table."""
    rows = begun.session.exec(select(model)).all()
    return chance.choice(sorted(rows, key=id_of)) if rows else None


def some_id(begun: Work, chance: Random, model: type[Row]) -> int | None:
    """The id of some row of a table, or none."""
    row = one(begun, chance, model)
    return None if row is None or chance.random() < 0.2 else id_of(row)


def amount(chance: Random) -> Amount | None:
    """Some amount, or none."""
    found = chance.choice(AMOUNTS)
    return None if found is None else Amount(found)


def change_deal(begun: Work, chance: Random) -> None:
    """Change a deal's amount, owner, line, dates or stage."""
    deal, stage = one(begun, chance, Opportunity), one(begun, chance, Stage)
    if deal is None or stage is None:
        return
    column = chance.choice(["reporting_amount", "owner_id", "line_id", "created_on", "close_on", "stage"])
    if column == "stage":
        deal.stage_id, deal.outcome = id_of(stage), stage.outcome
    else:
        setattr(deal, column, _value(begun, chance, column))


def _value(begun: Work, chance: Random, column: str) -> Any:
    models: dict[str, type[Row]] = {"owner_id": Person, "line_id": ProductLine, "person_id": Person, "seat_id": Seat}
    if column in models:
        return some_id(begun, chance, models[column])
    return amount(chance) if column == "reporting_amount" else chance.choice([None, random_day(chance)])


def new_deal(begun: Work, chance: Random) -> None:
    """Add a deal."""
    owner = one(begun, chance, Person)
    created, close = random_day(chance), random_day(chance)
    Builder(begun).deal(
        "open" if one(begun, chance, Stage) is None else chance.choice(["open", "won", "lost"]),
        owner,
        chance.choice(AMOUNTS),
        created=created,
        close=close,
    )


def delete_something(begun: Work, chance: Random) -> None:
    """Delete a deal without a sale, a credit, a quota, an occupancy, or what a quota is adjusted by."""
    models: list[type[Row]] = [Opportunity, Credit, QuotaCell, Occupancy, Ramping, Relief]
    row = one(begun, chance, chance.choice(models))
    if row is not None:
        begun.session.delete(row)


def change_sale(begun: Work, chance: Random) -> None:
    """Change a sale's day, amounts or line."""
    sale = one(begun, chance, Sale)
    if sale is not None:
        sale.booked_on = random_day(chance)
        sale.reporting_amount = amount(chance) or Amount(1)
        sale.reporting_cost = amount(chance)
        sale.line_id = some_id(begun, chance, ProductLine)


def change_credit(begun: Work, chance: Random) -> None:
    """Give a credit to somebody else, another role or another amount."""
    credit = one(begun, chance, Credit)
    if credit is not None:
        credit.person_id, credit.seat_id = some_id(begun, chance, Person), some_id(begun, chance, Seat)
        credit.role = chance.choice(["primary", "split", "overlay"])
        credit.amount, credit.cost = amount(chance) or Amount(2), amount(chance)


def change_quota(begun: Work, chance: Random) -> None:
    """Change a quota's amount, seat or line."""
    cell, seat = one(begun, chance, QuotaCell), one(begun, chance, Seat)
    if cell is not None and seat is not None:
        cell.amount, cell.seat_id = amount(chance), id_of(seat)
        cell.line_id = some_id(begun, chance, ProductLine)


def change_ramp(begun: Work, chance: Random) -> None:
    """Give a ramp other shares, or somebody another ramp, or another day of joining."""
    ramp, ramping = one(begun, chance, Ramp), one(begun, chance, Ramping)
    if ramp is not None and chance.random() < 0.5:
        ramp.shares = chance.choice([["0"], ["0.5", "0.75"], ["1", "0.1", "0.2"]])
    elif ramp is not None and ramping is not None:
        ramping.ramp_id, ramping.starts_on = id_of(ramp), random_day(chance)


def change_relief(begun: Work, chance: Random) -> None:
    """Relieve somebody, or change when, of how much, or whether the team is."""
    relief, held = one(begun, chance, Relief), one(begun, chance, Occupancy)
    start, end = sorted((random_day(chance), random_day(chance)))
    if held is not None and (relief is None or chance.random() < 0.5):
        person, seat = begun.session.get_one(Person, held.person_id), begun.session.get_one(Seat, held.seat_id)
        Builder(begun).relief(person, seat, (start, end), share=chance.choice(["0.2", "1"]))
    elif relief is not None:
        relief.valid_from, relief.valid_to, relief.lowers_team = start, end, not relief.lowers_team


def change_plan(begun: Work, chance: Random) -> None:
    """Publish or withdraw a plan."""
    plan = one(begun, chance, QuotaPlan)
    if plan is not None:
        plan.state = chance.choice(["draft", "published", "superseded"])


def change_occupancy(begun: Work, chance: Random) -> None:
    """Move somebody, or change when."""
    held, seat, person = one(begun, chance, Occupancy), one(begun, chance, Seat), one(begun, chance, Person)
    if seat is None or person is None:
        return
    start, end = sorted((random_day(chance), random_day(chance)))
    if held is None or chance.random() < 0.4:
        Builder(begun).sits(person, seat, (start, chance.choice([end, LATEST])))
    else:
        held.seat_id, held.valid_from, held.valid_to = id_of(seat), start, end


def change_line_of_command(begun: Work, chance: Random) -> None:
    """End a stretch of the line of command, and perhaps begin another."""
    line, seat = one(begun, chance, Reporting), one(begun, chance, Seat)
    if line is None or seat is None:
        return
    turn = random_day(chance)
    if line.valid_from < turn <= line.valid_to:
        end, line.valid_to = line.valid_to, turn - timedelta(days=1)
        below = begun.session.get_one(Seat, line.seat_id)
        Builder(begun).reports(below, seat, (turn, end))


def change_stage(begun: Work, chance: Random) -> None:
    """Take a stage into the forecast or out of it."""
    stage = one(begun, chance, Stage)
    if stage is not None and stage.outcome == "open":
        stage.category = chance.choice(["omitted", "pipeline", "commit"])


def change_calendar(begun: Work, chance: Random) -> None:
    """Give the company another calendar."""
    kept = {setting.key: setting for setting in begun.session.exec(select(Setting)).all()}
    for key, value in chance.choice(CALENDARS).items():
        if key in kept:
            kept[key].value = value
        else:
            Builder(begun).setting(key, value)
    assert CALENDAR_KEYS


def rename_people(begun: Work, chance: Random) -> None:
    """Change what no measure looks at."""
    person = one(begun, chance, Person)
    if person is not None:
        person.name = f"{person.name}x"


def many_deals(begun: Work, chance: Random) -> None:
    """Change many deals in one go."""
    deals = begun.session.exec(select(Opportunity)).all()
    traces = [
        Trace(id_of(deal), "update", {"close_on": deal.close_on}, {"close_on": random_day(chance)}) for deal in deals
    ]
    bulk.update(begun, Opportunity, traces)


EDITS: tuple[Edit, ...] = (
    *(change_deal, change_deal, change_deal, new_deal, delete_something, change_sale, change_credit, change_quota),
    *(change_ramp, change_relief, change_relief),
    *(change_plan, change_occupancy, change_occupancy, change_line_of_command, change_stage, rename_people, many_deals),
)


def edit_at_random(writer: Engine, chance: Random, times: int, edits: tuple[Edit, ...] = EDITS) -> None:
    """So many changes, some of several edits, some of them taken back and made again; after each all must add up."""
    for number in range(times):
        chosen = chance.choices(edits, k=chance.choice([1, 1, 2, 3]))
        told = f"{number}: " + ", ".join(edit.__name__ for edit in chosen)
        try:
            with work(writer, KIM, told) as begun:
                for edit in chosen:
                    edit(begun, chance)
                    begun.session.flush()
        except DataProblem:
            continue
        assert_true(writer, told)
        if chance.random() < 0.3:
            undo_last(writer, KIM)
            assert_true(writer, f"undo {told}")
            if chance.random() < 0.5:
                redo_last(writer, KIM)
                assert_true(writer, f"redo {told}")


def assert_true(writer: Engine, told: str) -> None:
    """Everything derived is what deriving it anew gives."""
    with writer.connect() as connection:
        broken = [found for found in check_derived(connection) if found.broken]
        connection.rollback()
    assert not broken, (told, broken)


@given(st.integers(0, 2**32))
@fewer(12)
def test_measures_stay_true_whatever_is_changed(fresh: Fresh, seed: int) -> None:
    chance = Random(seed)
    writer = engine(fresh({}), write=True)
    with building(writer) as company:
        build_random(company, chance)
    edit_at_random(writer, chance, 10)
    writer.dispose()


def test_measures_of_the_rich_company_stay_true_on_postgresql(postgres_url: str) -> None:
    writer = engine(parse(postgres_url), write=True)
    with building(writer) as company:
        build_adjusted(company)
    edit_at_random(writer, Random(5), 12, (*EDITS, change_calendar))
    writer.dispose()


def test_another_calendar_leaves_every_measure_true(fresh: Fresh) -> None:
    writer = engine(fresh({}), write=True)
    with building(writer) as company:
        build_adjusted(company)
    edit_at_random(writer, Random(1), 5, (change_calendar, change_quota))
    writer.dispose()
