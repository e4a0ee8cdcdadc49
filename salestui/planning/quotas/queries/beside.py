"""What stands beside the quotas of a plan: locks, figures handed in from below, and targets; who set each, and when."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from salestui.model.values.amount import Amount
from salestui.planning.quotas.sheet import Hold, Leaf
from salestui.planning.quotas.standing import Plan
from salestui.store.quick import Reader, as_date


class Lock(NamedTuple):
    """A leaf that nobody changes, and why."""

    reason: str
    who: str
    at: datetime


class Submission(NamedTuple):
    """What was handed in for a leaf: it holds while the rest is spread."""

    amount: Amount
    note: str
    who: str
    at: datetime


class Target(NamedTuple):
    """What is to be reached, beside what is assigned."""

    amount: Amount
    reason: str
    who: str
    at: datetime
    from_objective: bool = False
    """Whether an approved objective stands in, for want of a target of the plan's own."""


class TargetKey(NamedTuple):
    """Whose target it is (the company's for `seat` None), and its months from the first to the last."""

    seat: int | None
    first_month: date
    last_month: date


def target_key(row: str, first_month: date, last_month: date) -> TargetKey:
    """The key for a team's row, `team:7`, or the whole company's, `company`."""
    kind, _, seat = row.partition(":")
    return TargetKey(int(seat) if kind == "team" else None, first_month, last_month)


def target_of(targets: Mapping[TargetKey, Target], key: TargetKey, *, whole: bool) -> Target | None:
    """The target of that key; with `whole`, for a team that is all of the company, else the company's."""
    found = targets.get(key)
    if whole and (found is None or found.from_objective):
        return targets.get(key._replace(seat=None)) or found
    return found


def read_locks(reader: Reader, plan: int) -> dict[Leaf, Lock]:
    """The locks of a plan."""
    return {leaf: Lock(reason, who, as_instant(at)) for leaf, reason, who, at in _rows(reader, "lock", "reason", plan)}


def read_submissions(reader: Reader, plan: int) -> dict[Leaf, Submission]:
    """What was handed in from below."""
    return {
        leaf: Submission(Amount.from_units(units), note, who, as_instant(at))
        for leaf, units, note, who, at in _rows(reader, "submission", "amount, t.note", plan)
    }


def read_holds(reader: Reader, plan: int, local: Callable[[datetime], datetime]) -> dict[Leaf, Hold]:
    """What is locked in a plan, or was handed in from below, a lock before that; `local` tells the company's clock."""
    submitted = {
        leaf: Hold("submitted", found.note, found.who, local(found.at).date())
        for leaf, found in read_submissions(reader, plan).items()
    }
    return submitted | {
        leaf: Hold("lock", found.reason, found.who, local(found.at).date())
        for leaf, found in read_locks(reader, plan).items()
    }


def read_targets(reader: Reader, plan: Plan, first_month: date, last_month: date) -> dict[TargetKey, Target]:
    """The targets of a plan whose year is from the first month to the last.

    For the year of the company, or of a team, an approved objective of its bookings stands in where it has none.
    """
    found = {
        TargetKey(seat, first_month, last_month): target
        for seat, target in _objectives(reader, f"FY{plan.fiscal_year}").items()
    }
    sql = (
        "SELECT t.seat_id, t.first_month, t.last_month, t.amount, t.reason, c.actor, c.at"
        " FROM quota_target t JOIN change c ON c.id = t.change_id WHERE t.plan_id = :plan"
    )
    for seat, first, last, units, reason, who, at in reader.rows(sql, {"plan": plan.id}):
        target = Target(Amount.from_units(units), reason, who, as_instant(at))
        found[TargetKey(seat, as_date(first), as_date(last))] = target
    return found


def as_instant(value: Any) -> datetime:
    """A moment as the driver gave it: SQLite keeps text, in UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _rows(reader: Reader, table: str, columns: str, plan: int) -> Iterator[tuple[Any, ...]]:
    sql = (
        f"SELECT t.seat_id, t.line_id, t.month, t.{columns}, c.actor, c.at"
        f" FROM quota_{table} t JOIN change c ON c.id = t.change_id WHERE t.plan_id = :plan"
    )
    for seat, line, month, *more in reader.rows(sql, {"plan": plan}):
        yield Leaf(seat, line or 0, as_date(month)), *more


def _objectives(reader: Reader, period: str) -> dict[int | None, Target]:
    sql = (
        "SELECT o.scope_kind, o.scope_id, o.amount, o.reason, c.actor, c.at"
        " FROM objective o JOIN change c ON c.id = o.change_id"
        " WHERE o.state = 'approved' AND o.kind = 'volume' AND o.measure = 'bookings' AND o.period = :period"
        " AND o.scope_kind IN ('company', 'team') ORDER BY o.objective_version, o.id"
    )
    return {
        scope if kind == "team" else None: Target(Amount.from_units(units), reason, who, as_instant(at), True)
        for kind, scope, units, reason, who, at in reader.rows(sql, {"period": period})
    }
