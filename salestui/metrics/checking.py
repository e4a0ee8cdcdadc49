"""Checking the numbers: everything is derived anew in a transaction that is taken back, and compared row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, func, select, text
from sqlalchemy.exc import DatabaseError, InterfaceError

from salestui.metrics.derive import rebuild
from salestui.model.tables.derived import (
    fiscal_day,
    line_closure,
    measure_company,
    measure_day,
    measure_month,
    person_seat,
    quota_year,
)
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.values.errors import Problem
from salestui.store.checking import Check, EngineFacts, check_file, check_references, checked, describe_engine
from salestui.store.database import Database
from salestui.store.engines import wait_for_turn
from salestui.store.outage import outage
from salestui.store.schema import open_current
from salestui.store.trace import table_of

DERIVED = (fiscal_day, line_closure, person_seat, measure_day, measure_month, measure_company, quota_year)
"""Everything that is derived from rows that people change."""

_PROMISES = {
    "fiscal_day": "Every day is in its fiscal month",
    "line_closure": "The line of command is what reporting says",
    "person_seat": "Everyone's seats are what their occupancies say",
    "measure_day": "The measures by day add up to their rows",
    "measure_month": "The measures by month add up to their rows",
    "measure_company": "The company's measures add up to their rows",
    "quota_year": "The sums of every quota plan are those of its quotas",
}


@dataclass(frozen=True)
class Findings:
    """What a whole check found, and on what."""

    engine: EngineFacts
    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        """Whether every promise is kept."""
        return not any(check.broken for check in self.checks)


def check(database: Database) -> Findings:
    """Check the file, the references, the credits and everything derived; nothing is changed."""
    try:
        with open_current(database, write=True).connect() as connection, connection.begin() as transaction:
            wait_for_turn(connection)
            engine = describe_engine(connection)
            checks = [check_file(connection)] if database.kind == "sqlite" else []
            if not any(each.broken for each in checks):
                checks += [check_references(connection), check_credits(connection), *check_derived(connection)]
            transaction.rollback()
    except (DatabaseError, InterfaceError) as error:
        raise outage(database, error.orig) from error
    return Findings(engine, tuple(checks))


def repair(database: Database) -> None:
    """Derive everything anew; what people entered stays as it is."""
    with open_current(database, write=True).begin() as connection:
        wait_for_turn(connection)
        rebuild(connection)


def check_credits(connection: Connection) -> Check:
    """Whether the credits of every sale (but for overlays, which are beside it) sum to it, and their costs to its cost.

    A sale that nobody has credit for is the company's alone, and a cost counts where it is known throughout.
    """
    sale, credit = table_of(Sale).c, table_of(Credit).c
    credited = (
        select(
            credit.sale_id,
            func.sum(credit.amount).label("amount"),
            func.sum(credit.cost).label("cost"),
            (func.count(credit.cost) == func.count()).label("costed"),
        )
        .where(credit.role != "overlay")
        .group_by(credit.sale_id)
        .subquery()
    )
    statement = (
        select(
            sale.id, sale.reporting_amount, credited.c.amount, sale.reporting_cost, credited.c.cost, credited.c.costed
        )
        .join(credited, credited.c.sale_id == sale.id)
        .order_by(sale.id)
    )
    found: list[str] = []
    for sale_id, amount, sum_of_credits, cost, carried, costed in connection.execute(statement):
        if amount != sum_of_credits:
            found.append(f"sale {sale_id} is {amount}, and its credits are {sum_of_credits}")
        elif cost is not None and costed and cost != carried:
            found.append(f"sale {sale_id} cost {cost}, and its credits carry {carried}")
    return checked("credits", "The credits of every sale sum to it", found)


def check_derived(connection: Connection) -> list[Check]:
    """Compare what is derived with what it should be; leaves it derived anew in the transaction under way."""
    kept = {table.name: _copy(connection, table) for table in DERIVED}
    try:
        rebuild(connection)
    except Problem as problem:
        return [checked("derived", "The numbers can be derived", [str(problem)])]
    began = connection.execute(select(kept["fiscal_day"]).limit(1)).first() is not None
    return [
        checked(table.name, _PROMISES[table.name], _differences(connection, kept[table.name], table))
        for table in DERIVED
        if began or table is not fiscal_day  # a database without any change has no calendar yet
    ]


def _copy(connection: Connection, table: Table) -> Table:
    copy = Table(f"kept_{table.name}", MetaData(), *(Column(column.name, column.type) for column in table.columns))
    connection.execute(text(f"CREATE TEMPORARY TABLE {copy.name} AS SELECT * FROM {table.name}"))
    return copy


def _differences(connection: Connection, kept: Table, derived: Table) -> Iterator[str]:
    keys = [column.name for column in derived.primary_key.columns]
    values = [column.name for column in derived.columns if column.name not in keys]
    sides = []
    for one, other in ((kept, derived), (derived, kept)):
        columns = [[table.c[name] for name in (*keys, *values)] for table in (one, other)]
        rows = connection.execute(select(*columns[0]).except_(select(*columns[1])))
        sides.append({tuple(row[: len(keys)]): tuple(row[len(keys) :]) for row in rows})
    for key in sorted({*sides[0], *sides[1]}):
        told = [_told(values, side[key]) if key in side else "nothing" for side in sides]
        yield f"{_told(keys, key)}: kept {told[0]}, derived {told[1]}"


def _told(names: Sequence[str], values: Sequence[Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
