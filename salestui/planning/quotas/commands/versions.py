"""The versions of a year's quota plan: begun, submitted, approved, published, returned, and discarded."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import except_, func, literal, select

from salestui.metrics.closing import company_of, refuse_closed
from salestui.model.tables.history import Change, Event
from salestui.model.tables.organisation import Seat
from salestui.model.tables.quotas import QuotaCell, QuotaLock, QuotaPlan, QuotaSubmission, QuotaTarget
from salestui.model.tables.types import RowId
from salestui.model.values.errors import DataProblem, Problem
from salestui.planning.quotas.commands.plans import given, label_of, months_of, tell, the_draft, the_plan
from salestui.planning.quotas.standing import refuse_beside
from salestui.store import sets
from salestui.store.history import APPROVAL, PUBLICATION, RETURN, SUBMISSION
from salestui.store.trace import table_of
from salestui.store.work import StaleSave, Work

_PARTS = (QuotaCell, QuotaLock, QuotaSubmission, QuotaTarget)
_KEPT = frozenset({"id", "version", "source", "source_id"})


class StateMovedOn(StaleSave):
    """Somebody else has taken the plan to another state meanwhile; nothing was changed."""


class Transition(NamedTuple):
    """A step of a plan towards being in force."""

    before: str
    kind: str
    """The kind of change that it is: undo does not cross it."""
    told: str
    """What it is called, before the plan's own name."""
    act: "Callable[[Work, int, str], QuotaPlan]"


class PartlyPublished(DataProblem):
    """A plan has passed some of the steps into force, and the next was refused: where it is, and what is left."""

    def __init__(self, label: str, state: str, left: Sequence[Transition], refused: Problem) -> None:
        steps = " and ".join(_VERBS[transition.before] for transition in left)
        super().__init__(
            f"{label} is {state} now, and no further: {refused.what.rstrip('.')}",
            expected=refused.expected,
            remedy=f"{refused.remedy} Left: to {steps} it, with g v.".lstrip(),
        )


def begin_version(work: Work, fiscal_year: int, like: int | None = None) -> QuotaPlan:
    """A new draft of the year's plan: the latest version with all that stands beside its quotas, or an empty one.

    The year's first may begin with the quotas of the plan `like` of another year, month by month, for the seats there
    are in those months. DataProblem where one is under way, or there is no such plan.
    """
    plan = table_of(QuotaPlan).c
    latest = work.session.scalars(
        select(QuotaPlan)
        .where(plan.fiscal_year == fiscal_year, plan.measure == "bookings")
        .order_by(plan.plan_version.desc())
    ).first()
    if latest is not None:
        refuse_beside(label_of(latest), latest.state)
    begun = QuotaPlan(fiscal_year=fiscal_year)
    if latest is not None:
        begun.plan_version, begun.based_on_id, begun.step = latest.plan_version + 1, latest.id, latest.step
    work.session.add(begun)
    work.session.flush()
    if latest is not None and begun.id is not None and latest.id is not None:
        for model in _PARTS:
            _copy(work, model, latest.id, begun.id)
    elif like is not None:
        _copy_year(work, the_plan(work, like), begun)
    return begun


def submit(work: Work, plan_id: int, reason: str = "") -> QuotaPlan:
    """Hand a draft in for approval. DataProblem where nothing is in it, StateMovedOn where it is no draft any more."""
    plan = _in_state(work, plan_id, "draft")
    cell = table_of(QuotaCell).c
    filled = select(cell.id).where(cell.plan_id == plan_id, cell.amount.is_not(None)).limit(1)
    if work.session.execute(filled).first() is None:
        raise DataProblem("This plan holds no quota yet", remedy="Type some and save them first.")
    return _move(work, plan, "submitted", SUBMISSION, reason)


def approve(work: Work, plan_id: int, reason: str = "") -> QuotaPlan:
    """Approve what was submitted. StateMovedOn where it is not submitted any more."""
    return _move(work, _in_state(work, plan_id, "submitted"), "approved", APPROVAL, reason)


def publish(work: Work, plan_id: int, reason: str = "") -> QuotaPlan:
    """Put what is approved into force; the version that was in force is superseded.

    StateMovedOn where it is not approved, DataProblem where it would change the quotas of closed months.
    """
    plan = _in_state(work, plan_id, "approved")
    others = table_of(QuotaPlan).c
    in_force = select(QuotaPlan).where(
        others.fiscal_year == plan.fiscal_year, others.measure == plan.measure, others.state == "published"
    )
    superseded = work.session.scalars(in_force).all()
    _refuse_closed(work, plan_id, [before.id for before in superseded if before.id is not None])
    for before in superseded:
        before.state = "superseded"
    return _move(work, plan, "published", PUBLICATION, reason)


def return_to_draft(work: Work, plan_id: int, reason: str) -> QuotaPlan:
    """Give what was submitted or approved back for more work, with the reason."""
    told = given(reason, "Returning a plan")
    plan = _in_state(work, plan_id, "submitted", "approved")
    return _move(work, plan, "draft", RETURN, told)


def discard_version(work: Work, plan_id: int) -> str:
    """Throw a draft away, with all that is in it; answers what it was called. Undo brings it back."""
    plan = the_draft(work, plan_id)
    label = label_of(plan)
    for model in reversed(_PARTS):
        sets.delete_from(work, model, table_of(model).c.plan_id == plan_id)
    work.session.delete(plan)
    work.session.flush()
    return label


_VERBS = {"draft": "submit", "submitted": "approve", "approved": "publish"}
"""What a plan in a state has yet to be asked for first."""

TRANSITIONS = (
    Transition("draft", SUBMISSION, "Submit the quotas", submit),
    Transition("submitted", APPROVAL, "Approve the quotas", approve),
    Transition("approved", PUBLICATION, "Publish the quotas", publish),
)


def transitions_from(state: str) -> tuple[Transition, ...]:
    """The steps that a plan in this state has yet to take, each a change of its own; none where it takes none."""
    states = [transition.before for transition in TRANSITIONS]
    return TRANSITIONS[states.index(state) :] if state in states else ()


def _in_state(work: Work, plan_id: int, *states: str) -> QuotaPlan:
    """The plan, which must be in one of the states; else StateMovedOn with whoever brought it where it is."""
    plan = the_plan(work, plan_id)
    if plan.state in states:
        return plan
    event, change = table_of(Event), table_of(Change)
    latest = work.session.execute(
        select(change.c.actor, change.c.at)
        .join_from(event, change, change.c.id == event.c.change_id)
        .where(event.c.table_name == table_of(QuotaPlan).name, event.c.row_id == plan_id)
        .order_by(event.c.id.desc())
        .limit(1)
    ).first()
    by = "" if latest is None else f", by {latest.actor} on {latest.at:%Y-%m-%d %H:%M} UTC"
    raise StateMovedOn(
        f"{label_of(plan)} is {plan.state}{by}", expected=" or ".join(states), remedy="Read again with F5."
    )


def _move(work: Work, plan: QuotaPlan, state: str, kind: str, reason: str) -> QuotaPlan:
    """Take the plan to a state, in a change of a kind that undo does not cross, with the reason in its story."""
    plan.state = state
    work.session.get_one(Change, work.change_id).kind = kind
    tell(work, [reason])
    return plan


def _refuse_closed(work: Work, plan_id: int, before: Sequence[int]) -> None:
    """DataProblem where a closed month has other quotas in the plan than in what it takes the place of."""
    closed = company_of(work).closed_through
    if closed is None:
        return
    cell = table_of(QuotaCell).c
    quota = select(cell.seat_id, func.coalesce(cell.line_id, 0), cell.month, cell.amount)
    final = (cell.amount.is_not(None)) & (cell.month <= closed)
    new, old = quota.where(final, cell.plan_id == plan_id), quota.where(final, cell.plan_id.in_(before))
    months = [row.month for sides in ((new, old), (old, new)) for row in work.session.execute(except_(*sides))]
    if months:
        refuse_closed(work, min(months))


def _copy_year(work: Work, old: QuotaPlan, new: QuotaPlan) -> None:
    """Take the quotas of another year's plan over, each into the same month of the new plan's year."""
    cell, seat = table_of(QuotaCell), table_of(Seat)
    new.step = old.step
    left_out = _KEPT | {"plan_id", "change_id", "month"}
    columns = [column for column in cell.columns if column.name not in left_out]
    for before, month in zip(months_of(work, old), months_of(work, new), strict=True):
        there = (seat.c.valid_from <= month.end) & (seat.c.valid_to >= month.start)
        found = select(
            literal(new.id, RowId).label("plan_id"), literal(month.start, cell.c.month.type).label("month"), *columns
        )
        found = found.join_from(cell, seat, seat.c.id == cell.c.seat_id).where(cell.c.plan_id == old.id, there)
        filled = cell.c.month == before.start, cell.c.amount.is_not(None)
        sets.insert_from(work, QuotaCell, found.where(*filled).order_by(cell.c.id))


def _copy(work: Work, model: type[QuotaCell | QuotaLock | QuotaSubmission | QuotaTarget], old: int, new: int) -> None:
    """Take what stands in one version over into another; who locked or handed in something stays known."""
    table = table_of(model)
    left_out = _KEPT | {"plan_id"} | ({"change_id"} if model is QuotaCell else set())
    columns = [column for column in table.columns if column.name not in left_out]
    plan = literal(new, RowId).label("plan_id")
    sets.insert_from(work, model, select(plan, *columns).where(table.c.plan_id == old).order_by(table.c.id))
