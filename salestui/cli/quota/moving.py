"""`salestui quota submit`, `return`, `approve` and `publish`: the year's quotas on their way into force."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from salestui.cli.output import as_json, emit
from salestui.cli.planned import changing
from salestui.cli.quota.place import add_year, looking, the_plan
from salestui.cli.words import say
from salestui.model.values.errors import DataProblem
from salestui.planning.quotas.queries.assigning import told_to_assign
from salestui.store.settings import Settings

if TYPE_CHECKING:
    from salestui.model.tables.quotas import QuotaPlan
    from salestui.store.work import Work


class _Step(NamedTuple):
    told: str
    """What it is called in the history, before the plan's name."""
    needs: tuple[str, ...]
    """The states in which it can be taken."""
    remedy: str


_STEPS = {
    "submit": _Step(
        "Submit the quotas", ("draft",), "Begin a draft with: salestui quota set NAME PERIOD AMOUNT --begin"
    ),
    "return": _Step("Return the quotas", ("submitted", "approved"), ""),
    "approve": _Step("Approve the quotas", ("submitted",), "A draft is submitted first: salestui quota submit"),
    "publish": _Step("Publish the quotas", ("approved",), "A draft is submitted and approved first."),
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of each of them."""
    add_year(parser)
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; it stands in the version's story")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")


def run(options: Namespace, settings: Settings) -> int:
    """Do it with the year's latest version."""
    step = _STEPS[options.action]
    with looking(settings, options.year, None) as at:
        plan = the_plan(at, None)
    if plan.state not in step.needs:
        remedy = step.remedy if plan.state != "submitted" else "Approve or return it first."
        raise DataProblem(f"{plan.label} is {plan.state}", expected=" or ".join(step.needs), remedy=remedy)
    if not options.reason.strip():
        raise DataProblem("There is no reason given", expected="a few words that others will read")
    left = ""
    if options.action == "publish":
        with looking(settings, options.year, None) as at:
            left = told_to_assign(at.reader, at.company.calendar, plan)
    with changing(settings, f"{step.told} {plan.label}", dry_run=options.dry_run) as begun:
        state = _act(options.action)(begun, plan.id, options.reason).state
    if options.json:
        document = {"fiscal_year": plan.fiscal_year, "version": plan.plan_version, "before": plan.state, "state": state}
        emit(as_json({**document, "dry_run": options.dry_run, "written": not options.dry_run}))
    else:
        said = f"{plan.label} is {'a draft again' if state == 'draft' else state}."
        say(f"{said} {left}".rstrip())
    return 0


def _act(action: str) -> "Callable[[Work, int, str], QuotaPlan]":
    from salestui.planning.quotas.commands import versions

    return {
        "submit": versions.submit,
        "return": versions.return_to_draft,
        "approve": versions.approve,
        "publish": versions.publish,
    }[action]
