"""Who changed quotas last, and when: what is told where somebody else was quicker."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, func, select

from salestui.model.tables.history import Change, Event
from salestui.model.tables.quotas import QuotaCell
from salestui.planning.quotas.sheet import Leaf, places_of
from salestui.store.trace import parts, table_of
from salestui.store.work import Work


class Latest(NamedTuple):
    """The latest change of a quota."""

    change: UUID
    who: str
    at: datetime


def latest_of(work: Work, plan_id: int, leaves: Collection[int]) -> dict[Leaf, Latest]:
    """The latest change of each of these leaves of a plan, of those too that hold no quota any more."""
    wanted = set(leaves)
    found: dict[Leaf, tuple[int, Latest]] = {}
    for part in parts(sorted({seat for seat, _ in places_of(wanted)})):
        for statement in (_standing(plan_id, part), _gone(plan_id, part)):
            for key, seat, line, month, *latest in work.session.connection().execute(statement):
                leaf = Leaf(seat, line or 0, month if isinstance(month, date) else date.fromisoformat(month))
                if leaf in wanted and (leaf not in found or found[leaf][0] < key):
                    found[leaf] = key, Latest(*latest)
    return {leaf: latest for leaf, (_, latest) in found.items()}


def others_who(work: Work, plan_id: int, leaves: Collection[int]) -> str:
    """Whose latest changes of these leaves were not this one: `Kim and Lee`."""
    others = [latest for latest in latest_of(work, plan_id, leaves).values() if latest.change != work.change_id]
    names = list(dict.fromkeys(latest.who for latest in sorted(others, key=lambda latest: latest.at)))
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _standing(plan_id: int, seats: Collection[int]) -> Select[Any]:
    """The latest event of each row there is."""
    cell, event = table_of(QuotaCell), table_of(Event).c
    latest = (
        select(func.max(event.id).label("event"), event.row_id)
        .join(cell, and_(event.table_name == cell.name, event.row_id == cell.c.id))
        .where(cell.c.plan_id == plan_id, cell.c.seat_id.in_(seats))
        .group_by(event.row_id)
        .subquery()
    )
    return (
        select(event.id, cell.c.seat_id, cell.c.line_id, cell.c.month, *_told())
        .join_from(latest, table_of(Event), event.id == latest.c.event)
        .join(cell, cell.c.id == latest.c.row_id)
        .join(table_of(Change), table_of(Change).c.id == event.change_id)
    )


def _gone(plan_id: int, seats: Collection[int]) -> Select[Any]:
    """What deleted rows that are no more."""
    event = table_of(Event).c
    seat = event.before["seat_id"].as_integer()
    return (
        select(event.id, seat, event.before["line_id"].as_integer(), event.before["month"].as_string(), *_told())
        .join_from(table_of(Event), table_of(Change), table_of(Change).c.id == event.change_id)
        .where(event.table_name == table_of(QuotaCell).name, event.kind == "delete")
        .where(event.before["plan_id"].as_integer() == plan_id, seat.in_(seats))
    )


def _told() -> tuple[Any, ...]:
    change = table_of(Change).c
    return change.id, change.actor, change.at
