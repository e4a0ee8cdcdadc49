"""`salestui objective`: what is to be reached, beside last year, quotas and actuals; set, submit and approve it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from salestui.cli.actions import with_actions
from salestui.cli.output import as_json, emit, headed, plain
from salestui.cli.planned import changing, planned
from salestui.cli.words import say
from salestui.model.values import show
from salestui.model.values.errors import UsageProblem
from salestui.store.settings import Settings

if TYPE_CHECKING:
    from salestui.model.values.amount import Amount
    from salestui.planning.objectives.queries import Objective, Standing

_ACTIONS = {
    "list": "the objectives of a fiscal year beside last year, quotas and actuals",
    "set": "set an objective, as a draft: an amount, or a growth on a base",
    "submit": "hand a draft in to be approved",
    "approve": "put into force what was submitted",
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    made = with_actions(parser, _ACTIONS)
    for each in made.values():
        each.add_argument("--scope", metavar="NAME", help="a team, person, territory:NAME or line:NAME (the company)")
        each.add_argument("--period", metavar="P", help="such as FY2026, 2026Q1, 2026-03 (this fiscal year)")
    made["set"].add_argument("--kind", default="volume", metavar="KIND", help="volume, contribution or growth (volume)")
    made["set"].add_argument(
        "--target", required=True, metavar="T", help="12.5m, =ly*1.12, or for a growth 12%% or “12%% over FY2024”"
    )
    made["set"].add_argument(
        "--base",
        metavar="P",
        help="what =ly or a growth goes on from (a year before; while that is not over, the last twelve whole months)",
    )
    for name in ("set", "submit", "approve"):
        made[name].add_argument("--measure", metavar="M", help="bookings or margin (by the kind; bookings)")
        made[name].add_argument("--reason", required=True, metavar="TEXT", help="why")


def run(options: Namespace, settings: Settings) -> int:
    """Do it."""
    if options.action == "list":
        return _list(options, settings)
    return _set(options, settings) if options.action == "set" else _move(options, settings)


def _list(options: Namespace, settings: Settings) -> int:
    from salestui.planning.objectives.queries import read_objectives

    with planned(settings) as at:
        scope = at.scope(options.scope).seen_as
        if scope is None:
            raise UsageProblem("Objectives are listed for the company, a team or a person", remedy="Leave --scope out.")
        view = read_objectives(at.reader, at.lens, at.company, scope, at.period(options.period))
    if options.json:
        emit(as_json([_document(each) for each in view.standings]))
    elif view.standings:
        emit("\n".join(line for each in view.standings for line in _lines(each)))
    else:
        others = f" There are some of {', '.join(view.elsewhere)}." if view.elsewhere else ""
        emit(f"{view.year.label} has no objective yet.{others} Set one with: salestui objective set --help")
    return 0


def _set(options: Namespace, settings: Settings) -> int:
    from salestui.planning.objectives.asked import asked, read_target
    from salestui.planning.objectives.commands import ObjectiveAt, SetObjective, set_objective
    from salestui.planning.objectives.queries import read_versions

    with planned(settings) as at:
        what = asked(
            at.lens,
            at.scopes,
            options.kind,
            options.measure,
            at.scope(options.scope).reference,
            at.period(options.period).label,
        )
        versions = read_versions(at.reader, at.lens, at.company, what.scope, what.measure, what.period)
        draft = next((ObjectiveAt(each.id, each.version) for each in versions if each.state == "draft"), None)
        target = read_target(at.reader, at.lens, at.company, what, options.target, options.base)
    told = f"{what.measure} of {what.scope.name} in {what.period.label}"
    command = SetObjective(*what, target, options.reason, draft)
    with changing(settings, f"Set the objective {told} to {show.money(target.amount, 'full')}") as begun:
        number = set_objective(begun, command).objective_version
    base = target.base
    basis = "" if base is None else f", on {show.money(base.amount, 'full')} of {base.period.label}"
    say(f"{told}: v{number} is a draft at {show.money(target.amount, 'full')}{basis}.")
    return _told(options, settings, _find(options, settings, None))


def _move(options: Namespace, settings: Settings) -> int:
    from salestui.planning.objectives.commands import ObjectiveAt, approve, submit
    from salestui.store.history import APPROVAL, SUBMISSION

    is_approval = options.action == "approve"
    found = _find(options, settings, "submitted" if is_approval else "draft")
    word, kind = ("Approve", APPROVAL) if is_approval else ("Submit", SUBMISSION)
    with changing(settings, f"{word} the objective {found.label}", kind) as begun:
        (approve if is_approval else submit)(begun, ObjectiveAt(found.id, found.version), options.reason)
    say(f"{found.label} is {'approved' if is_approval else 'submitted'}.")
    return _told(options, settings, _find(options, settings, None))


def _find(options: Namespace, settings: Settings, state: Any) -> "Objective":
    """The objective that the options name: its latest version, or the latest in a state."""
    from salestui.planning.objectives.queries import read_versions, the_objective
    from salestui.planning.objectives.rules import kind_of, measure_of, period_of

    with planned(settings) as at:
        scope, period = at.scope(options.scope), period_of(at.lens, at.period(options.period).label)
        kind = kind_of(options.kind) if "kind" in options else "growth"
        measure = measure_of(kind, options.measure)
        versions = read_versions(at.reader, at.lens, at.company, scope, measure, period)
        return the_objective(versions, state, f"{measure} of {scope.name} in {period.label}")


def _told(options: Namespace, settings: Settings, found: "Objective") -> int:
    from salestui.planning.objectives.queries import read_objective

    if options.json:
        with planned(settings) as at:
            emit(as_json(_document(read_objective(at.reader, at.lens, at.company, found.id).standing)))
    return 0


def _document(each: "Standing") -> dict[str, Any]:
    objective = each.objective
    return {
        "kind": objective.kind,
        "measure": objective.measure,
        "scope_kind": objective.scope.kind,
        "scope": objective.scope.name,
        "period": objective.period.label,
        "version": objective.number,
        "state": objective.state,
        "target": _text(objective.amount),
        "growth": None if objective.growth is None else plain(objective.growth.decimal),
        "base_period": objective.base_period,
        "base": _text(objective.base_amount),
        "reason": objective.reason,
        "last_year": _text(each.last_year.amount),
        "last_year_stands_in": each.last_year.stands_in or None,
        "assigned": _text(each.assigned.amount),
        "to_assign": _text(each.to_assign),
        "actual": _text(each.actual.amount),
        "reached": None if each.reached is None else plain(round(each.reached, 6)),
        "pace": None if each.pace is None else plain(round(each.pace.share, 6)),
        "to_go": _text(each.to_go),
        "remarks": [why for why in (each.last_year.why, each.assigned.told, each.actual.why) if why],
    }


def _text(amount: "Amount | None") -> str | None:
    return None if amount is None else str(amount)


def _lines(each: "Standing") -> Iterator[str]:
    objective = each.objective
    growth = "" if objective.growth is None else f" {show.percent(objective.growth.decimal, 1)}"
    told = f" · {objective.kind}{growth} · {objective.period.label} · v{objective.number} {objective.state}"
    yield headed(objective.scope.name, told)
    figures = [f"target {show.money(objective.amount)}", f"so far {show.money(each.actual.amount)}"]
    if each.reached is not None:
        pace = "" if each.pace is None else f", pace {show.percent(each.pace.share)}"
        figures[-1] += f" ({show.percent(each.reached)}{pace})"
    if each.assigned.amount is not None:
        figures.append(f"assigned {show.money(each.assigned.amount)}")
    if each.last_year.amount is not None:
        figures.append(f"{each.last_year.stands_in or 'last year'} {show.money(each.last_year.amount)}")
    yield f"  {' · '.join(figures)}"
