"""`salestui quota step`: what the sums of the year's draft are spread in."""

from argparse import ArgumentParser, Namespace

from salestui.cli.output import as_json, emit
from salestui.cli.planned import changing
from salestui.cli.quota.place import Looked, add_year, looking
from salestui.cli.words import say
from salestui.model.values import show
from salestui.model.values.entry import entered
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.planning.quotas.standing import Plan, read_plan
from salestui.store.settings import Settings


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("amount", metavar="AMOUNT", help="such as 1, 100, 1k or 0.01")
    add_year(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")


def run(options: Namespace, settings: Settings) -> int:
    """Set it."""
    from salestui.planning.quotas.commands.step import set_step

    step = entered(options.amount, None)
    if step is None:
        raise UsageProblem("There is no amount to spread in", expected="an amount such as 1, 100 or 0.01")
    with looking(settings, options.year, None) as at:
        plan = _draft(at)
    told = f"Spread {plan.label} in {show.money(step, 'full')}"
    with changing(settings, told, dry_run=options.dry_run) as begun:
        changed = set_step(begun, plan.id, step, plan.step)
    if options.json:
        document = {"fiscal_year": plan.fiscal_year, "version": plan.plan_version, "step": str(step)}
        emit(as_json({**document, "before": str(plan.step), "written": changed and not options.dry_run}))
    elif changed and options.dry_run:
        say(f"Sums of {plan.label} are spread in {show.money(step, 'full')} then.")
    elif changed:
        say(f"Sums of {plan.label} are spread in {show.money(step, 'full')} now; salestui history undo takes it back.")
    else:
        say(f"Sums of {plan.label} are spread in {show.money(step, 'full')} already.")
    return 0


def _draft(at: Looked) -> Plan:
    plan = read_plan(at.reader, at.year.fiscal_year)
    if plan is None:
        raise DataProblem(
            f"There are no quotas of {at.year.label} yet",
            remedy="Begin a draft with: salestui quota set NAME PERIOD AMOUNT --begin",
        )
    return plan
