"""Keeping the measures true: what a change touched is derived anew in its own transaction."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from salestui.metrics import cells, quota_facts, quota_sums
from salestui.metrics.aggregates import BY_SEAT_OF_THE_DAY, SOURCES
from salestui.metrics.catalog import QUOTAS
from salestui.metrics.cells import Cells
from salestui.metrics.structure import Moved, rebuild_days, rebuild_line
from salestui.model.tables.derived import fiscal_day
from salestui.model.tables.exchange import Setting
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.quotas import QuotaPlan
from salestui.model.tables.staffing import Ramping
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST, LATEST
from salestui.store.company import CALENDAR_KEYS, calendar_from
from salestui.store.trace import table_of
from salestui.store.work import Touch, Work

_MANY = 1000
"""From so many touched rows on, what they feed is derived whole instead of cell by cell."""

_SALES = tuple(fact for fact, source in SOURCES.items() if source.table == "sale")
_DEALS = tuple(fact for fact, source in SOURCES.items() if source.table == "opportunity")
_DAY = timedelta(days=1)


def derive(work: Work) -> None:
    """Refresh what the change touched: the line of command, and the cells of the facts that its rows feed."""
    connection = work.session.connection()
    touched = _Touched(work)
    if touched.calendar or not _has_days(connection):
        rebuild(connection)
        return
    moved = rebuild_line(connection) if touched.any_of("seat", "reporting", "occupancy") else Moved.nobody()
    _derive_deals(connection, touched, moved.people)
    _derive_sales(connection, touched)
    plans = quota_sums.plans_of(work)
    quota_sums.derive(connection, read_calendar(connection), plans)
    _derive_quotas(connection, touched, moved.seats, plans)


def rebuild(connection: Connection) -> None:
    """Derive everything anew."""
    rebuild_days(connection, read_calendar(connection))
    rebuild_line(connection)
    cells.derive(connection, Cells(tuple(SOURCES)))
    _replace_quotas(connection, None)
    quota_sums.derive(connection, read_calendar(connection))


def read_calendar(connection: Connection) -> FiscalCalendar:
    """The company's fiscal calendar."""
    setting = table_of(Setting).c
    return calendar_from({row.key: row.value for row in connection.execute(select(setting.key, setting.value))})


class _Touched:
    """What a change touched, asked by table."""

    def __init__(self, work: Work) -> None:
        self._rewritten = work.rewritten
        self._touches: dict[str, list[Touch]] = {}
        for touch in work.touched:
            self._touches.setdefault(touch.table, []).append(touch)

    def any_of(self, *tables: str) -> bool:
        return any(table in self._rewritten or table in self._touches for table in tables)

    def many(self, *tables: str) -> bool:
        """Whether so much was touched that single cells are not worth looking for."""
        return bool(self._rewritten & {*tables}) or sum(len(self._touches.get(t, ())) for t in tables) > _MANY

    def values(self, table: str, *columns: str) -> set[Any]:
        """The values of columns in rows as they were and as they are."""
        sides = [side for touch in self._touches.get(table, ()) for side in (touch.before, touch.after) if side]
        return {side[column] for side in sides for column in columns}

    @property
    def calendar(self) -> bool:
        return "setting" in self._rewritten or bool(self.values("setting", "key") & CALENDAR_KEYS)

    @property
    def categories(self) -> bool:
        """Whether stages that deals may be in have another category now."""
        if "stage" in self._rewritten:
            return True
        both = [(touch.before, touch.after) for touch in self._touches.get("stage", ())]
        return any(old and new and old["category"] != new["category"] for old, new in both)


def _derive_deals(connection: Connection, touched: _Touched, moved: frozenset[int]) -> None:
    if touched.many("opportunity") or touched.categories:
        cells.derive(connection, Cells(_DEALS))
        return
    created = {EARLIEST if day is None else day for day in touched.values("opportunity", "created_on")}
    closed = {day for day in touched.values("opportunity", "close_on") if day is not None}
    if created:
        days = created | closed | {day + _DAY for day in closed if day < LATEST}
        people, outcomes = touched.values("opportunity", "owner_id"), touched.values("opportunity", "outcome")
        facts = tuple(fact for fact in _DEALS if SOURCES[fact].outcomes & outcomes)
        cells.derive(connection, Cells(facts, _or_nobody(people), frozenset(days)))
    if moved:
        cells.derive(connection, Cells(BY_SEAT_OF_THE_DAY, moved))


def _derive_sales(connection: Connection, touched: _Touched) -> None:
    if touched.many("sale", "credit"):
        cells.derive(connection, Cells(_SALES))
        return
    sales = touched.values("sale", "id") | touched.values("credit", "sale_id")
    if not sales:
        return
    sale, credit = table_of(Sale).c, table_of(Credit).c
    booked = connection.execute(select(sale.booked_on).where(sale.id.in_(sales))).scalars()
    credited = connection.execute(select(credit.person_id).where(credit.sale_id.in_(sales))).scalars()
    days = touched.values("sale", "booked_on") | set(booked)
    people = _or_nobody({None, *touched.values("credit", "person_id"), *credited})
    cells.derive(connection, Cells(_SALES, people, frozenset(days)))


def _derive_quotas(connection: Connection, touched: _Touched, moved: frozenset[int], plans: set[int]) -> None:
    by_seat = ["occupancy", "ramping", "relief"]
    if _in_force(connection, plans):
        by_seat.append("quota_cell")
    if touched.many("quota_plan", "ramp", *by_seat) or "published" in touched.values("quota_plan", "state"):
        _replace_quotas(connection, None)
        return
    seats = moved.union(*(touched.values(table, "seat_id") for table in by_seat))
    ramps = touched.values("ramp", "id")
    if ramps:
        ramping = table_of(Ramping).c
        seats |= set(connection.execute(select(ramping.seat_id).where(ramping.ramp_id.in_(ramps))).scalars())
    if seats:
        _replace_quotas(connection, seats)


def _in_force(connection: Connection, plans: set[int]) -> bool:
    """Whether one of the plans counts; what is only being planned feeds nothing."""
    plan = table_of(QuotaPlan).c
    published = select(plan.id).where(plan.id.in_(plans), plan.state == "published")
    return bool(plans) and connection.execute(published).first() is not None


def _replace_quotas(connection: Connection, seats: frozenset[int] | None) -> None:
    def write() -> None:
        quota_facts.write(connection, read_calendar(connection), seats)

    cells.replace(connection, Cells(QUOTAS, seats=seats), write)


def _or_nobody(people: set[Any]) -> frozenset[int]:
    return frozenset(0 if person is None else person for person in people)


def _has_days(connection: Connection) -> bool:
    return connection.execute(select(fiscal_day.c.day).limit(1)).first() is not None
