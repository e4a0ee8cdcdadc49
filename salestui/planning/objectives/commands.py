"""Changing objectives: drafts at will, everything further by an act of its own that all can see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from salestui.model.tables.planning import Objective
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import Period
from salestui.planning.objectives.rules import Kind, State, Target, measure_of, positive, reason_of
from salestui.planning.sales import Measured
from salestui.planning.scopes import PlanScope
from salestui.store.trace import table_of
from salestui.store.work import Work

_REMEDY: dict[str, str] = {
    "draft": "Edit that one, or submit it.",
    "submitted": "Approve it, or return it first.",
    "approved": "It changes by a new version only.",
    "superseded": "It changes by a new version only.",
}


@dataclass(frozen=True)
class ObjectiveAt:
    """An objective as it was read."""

    id: int
    version: int


@dataclass(frozen=True)
class SetObjective:
    """An objective to set; the draft that it goes `over`, as it was read, is changed, and beside any other refused."""

    kind: Kind
    measure: Measured
    scope: PlanScope
    period: Period
    target: Target
    reason: str
    over: ObjectiveAt | None = None


def set_objective(work: Work, command: SetObjective) -> Objective:
    """Set an objective: a first version, a new one beside what is approved, or another target for the draft.

    StaleSave where the draft is not any more as it was read.
    """
    reason = reason_of(command.reason)
    measure = measure_of(command.kind, command.measure)
    versions = _versions(work, measure, command.scope.kind, command.scope.id, command.period.label)
    latest = versions[0] if versions else None
    if latest is not None and (latest.state == "submitted" or (latest.state == "draft" and command.over is None)):
        raise DataProblem(f"There is a version that is {_article(latest.state)} already", remedy=_remedy(latest))
    if command.over is not None:
        latest = _in_state(work, command.over, "draft")
        latest.kind, latest.reason = command.kind, reason
        _aim(latest, command.target)
        return latest
    made = Objective(
        kind=command.kind,
        measure=measure,
        scope_kind=command.scope.kind,
        scope_id=command.scope.id,
        period=command.period.label,
        amount=positive(command.target.amount),
        objective_version=1 if latest is None else latest.objective_version + 1,
        replaces_id=_in_force(versions),
        reason=reason,
    )
    _aim(made, command.target)
    work.session.add(made)
    work.session.flush()
    return made


def set_target(work: Work, at: ObjectiveAt, target: Target) -> Objective:
    """Another target for a draft."""
    objective = _in_state(work, at, "draft")
    _aim(objective, target)
    return objective


def begin_version(work: Work, at: ObjectiveAt, reason: str) -> Objective:
    """A draft like this objective, to replace what is in force once it is approved. Refused where one is begun."""
    objective = work.to_edit(Objective, at.id, at.version)
    versions = _versions(work, objective.measure, objective.scope_kind, objective.scope_id, objective.period)
    latest = versions[0]
    if latest.state in ("draft", "submitted"):
        raise DataProblem(f"v{latest.objective_version} is {_article(latest.state)} already", remedy=_remedy(latest))
    begun = Objective(
        kind=objective.kind,
        measure=objective.measure,
        scope_kind=objective.scope_kind,
        scope_id=objective.scope_id,
        period=objective.period,
        amount=objective.amount,
        growth=objective.growth,
        base_period=objective.base_period,
        base_amount=objective.base_amount,
        objective_version=latest.objective_version + 1,
        replaces_id=_in_force(versions),
        reason=reason_of(reason),
    )
    work.session.add(begun)
    work.session.flush()
    return begun


def submit(work: Work, at: ObjectiveAt, reason: str) -> Objective:
    """Hand a draft in to be approved; whoever begins the change says by its kind that undo does not cross it."""
    return _move(_in_state(work, at, "draft"), "submitted", reason)


def send_back(work: Work, at: ObjectiveAt, reason: str) -> Objective:
    """Return what was submitted: it is a draft again."""
    return _move(_in_state(work, at, "submitted"), "draft", reason)


def approve(work: Work, at: ObjectiveAt, reason: str) -> Objective:
    """Put what was submitted into force; the version that was in force is superseded.

    Whoever begins the change says by its kind that undo does not cross it.
    """
    objective = _in_state(work, at, "submitted")
    versions = _versions(work, objective.measure, objective.scope_kind, objective.scope_id, objective.period)
    for before in versions:
        if before.state == "approved":
            before.state = "superseded"
    return _move(objective, "approved", reason)


def drop_draft(work: Work, at: ObjectiveAt) -> None:
    """Drop a draft."""
    work.session.delete(_in_state(work, at, "draft"))


def _move(objective: Objective, state: State, reason: str) -> Objective:
    objective.state, objective.reason = state, reason_of(reason)
    return objective


def _aim(objective: Objective, target: Target) -> None:
    objective.amount, objective.growth = positive(target.amount), target.growth
    objective.base_period = None if target.base is None else target.base.period.label
    objective.base_amount = None if target.base is None else target.base.amount


def _in_state(work: Work, at: ObjectiveAt, state: State) -> Objective:
    objective = work.to_edit(Objective, at.id, at.version)
    if objective.state != state:
        raise DataProblem(
            f"v{objective.objective_version} is {_article(objective.state)}, not {_article(state)}",
            remedy=_remedy(objective),
        )
    return objective


def _versions(work: Work, measure: str, scope_kind: str, scope_id: int, period: str) -> list[Objective]:
    """All versions of an objective, the latest first."""
    column = table_of(Objective).c
    ids = work.session.execute(
        select(column.id)
        .where(
            column.measure == measure,
            column.scope_kind == scope_kind,
            column.scope_id == scope_id,
            column.period == period,
        )
        .order_by(column.objective_version.desc())
    ).scalars()
    return [work.session.get_one(Objective, key) for key in ids.all()]


def _in_force(versions: Sequence[Objective]) -> int | None:
    return next((version.id for version in versions if version.state == "approved"), None)


def _article(state: str) -> str:
    return "a draft" if state == "draft" else state


def _remedy(objective: Objective) -> str:
    return _REMEDY[objective.state]
