"""`salestui quota set`, `scale` and `spread`: change a quota, or a sum of quotas, in the year's draft."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from salestui.cli.opening import database
from salestui.cli.output import as_json, emit, table
from salestui.cli.quota.aim import Aim, aimed
from salestui.cli.quota.beside import read_around
from salestui.cli.quota.place import shown
from salestui.cli.quota.ways import WAYS, find_way
from salestui.cli.words import say
from salestui.model.values import show
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.entry import entered, is_change
from salestui.model.values.errors import UsageProblem
from salestui.model.values.rate import Rate
from salestui.planning.quotas.holds import with_closed
from salestui.planning.quotas.queries.beside import read_holds
from salestui.planning.quotas.rules.entry import entry
from salestui.planning.quotas.rules.held import HeldBack
from salestui.planning.quotas.rules.outcome import BelowZero, Outcome
from salestui.planning.quotas.rules.ranges import scale, spread_over
from salestui.planning.quotas.standing import refuse_without_a_draft
from salestui.store.settings import Settings, actor_name

if TYPE_CHECKING:
    from uuid import UUID

_SIGNED = re.compile(r"^-[\d.,]+[kmb%]?$|^-$")
"""What begins with a minus and is an amount, not an option."""

_BARE_SHARE = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*%")

_Rule = Callable[[Aim, Namespace, bool], Outcome]


class _Done(NamedTuple):
    """What came of it."""

    aim: Aim
    before: Amount | None
    after: Amount | None
    outcome: Outcome
    version: int
    begun: bool
    change: "UUID | None"


def set_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of `set`."""
    _where(parser)
    parser.add_argument(
        "amount", metavar="AMOUNT", help="such as 120000, 1.2m, +5%%, -10k, *1.03, =ly*1.1, or “-” for none"
    )
    _common(parser)


def scale_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of `scale`."""
    _where(parser)
    parser.add_argument("percent", metavar="PERCENT", help="how much more, such as 5 or 5%%; less: -3%%")
    _common(parser)


def spread_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of `spread`."""
    _where(parser)
    parser.add_argument("amount", metavar="AMOUNT", help="the sum there is to be, such as 12m or +5%%")
    parser.add_argument("--by", metavar="WAY", default="proportion", help=", ".join(WAYS) + " (proportion)")
    _common(parser)


def _where(parser: ArgumentParser) -> None:
    parser._negative_number_matcher = _SIGNED
    parser.add_argument("name", metavar="NAME", help="a team, a person, or a seat such as #12; company for the whole")
    parser.add_argument("when", metavar="PERIOD", help="a month, a quarter or a year, such as 2026-03, 2026Q2, FY2026")


def _common(parser: ArgumentParser) -> None:
    parser.add_argument("--begin", action="store_true", help="begin a draft where there is none")
    parser.add_argument("--below-zero", action="store_true", help="quotas below zero are meant")
    parser.add_argument("--reason", metavar="TEXT", help="why; kept in the history and the version's story")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")


def run_set(options: Namespace, settings: Settings) -> int:
    """Type an amount into a cell."""
    return _run(options, settings, _typed, f"to {options.amount}")


def run_scale(options: Namespace, settings: Settings) -> int:
    """Raise or lower everything behind a cell by a share."""
    return _run(options, settings, _scaled, f"by {_percent(options.percent):+f}%")


def run_spread(options: Namespace, settings: Settings) -> int:
    """Spread a sum over everything behind a cell."""
    return _run(options, settings, _spread, f"to {options.amount}, {options.by}")


def _typed(aim: Aim, options: Namespace, below_zero: bool) -> Outcome:
    _refuse_unclear(aim, options.amount)
    around, step = read_around(aim), aim.step
    return entry(aim.sheet, [(aim.row, aim.span)], options.amount, around=around, step=step, below_zero=below_zero)


def _scaled(aim: Aim, options: Namespace, below_zero: bool) -> Outcome:
    share = Rate(_percent(options.percent) / 100)
    return scale(aim.sheet, [(aim.row, aim.span)], share, step=aim.step, below_zero=below_zero)


def _spread(aim: Aim, options: Namespace, below_zero: bool) -> Outcome:
    _refuse_unclear(aim, options.amount)
    wanted = entered(options.amount, aim.sheet.value(aim.row, aim.span), aim.step)
    if wanted is None:
        raise UsageProblem("There is no amount to spread", expected="such as 12m, or 0")
    way, cells = find_way(aim, options.by), [(aim.row, aim.span)]
    return spread_over(aim.sheet, cells, wanted, way, step=aim.step, below_zero=below_zero)


def _percent(text: str) -> Decimal:
    plain = text.strip().removesuffix("%").strip().replace("−", "-")
    if not re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]{1,4})?", plain):
        raise UsageProblem(f"{shown(text)} is no share", expected="a percentage such as 5%, 2.5 or -3%")
    return Decimal(plain)


def _refuse_unclear(aim: Aim, text: str) -> None:
    """UsageProblem where a text can be meant in two ways, or is finer than the plan counts."""
    plain = text.strip()
    if not plain:
        raise UsageProblem("There is no amount", expected="such as 120k; for no quota at all say -")
    if _BARE_SHARE.fullmatch(plain):
        part = f"{Decimal(plain.removesuffix('%').strip()) / 100:f}"
        raise UsageProblem(
            f"{shown(text)} may be so much more, or only that part of it", expected=f"+{plain} for more, or *{part}"
        )
    if is_change(plain) or plain.startswith("="):
        return
    amount = entered(plain, None)
    if amount is not None and amount.units % aim.step.units:
        step = show.money(aim.step, "full")
        raise UsageProblem(
            f"{shown(text)} is finer than the plan's step of {step}",
            expected=f"a multiple of {step}",
            remedy="Set another with: salestui quota step AMOUNT",
        )


def _run(options: Namespace, settings: Settings, rule: _Rule, told: str) -> int:
    with aimed(settings, options.name, options.when) as aim:
        plan = aim.view.plan
        refuse_without_a_draft(plan, aim.view.year.label, begin=options.begin)
        holds = {} if plan is None else read_holds(aim.at.reader, plan.id, aim.at.company.local)
        aim.sheet.holds = with_closed(aim.sheet, holds, aim.at.company.closed_through)
        before = aim.sheet.value(aim.row, aim.span)
        outcome = _ruled(rule, aim, options)
        after = aim.sheet.copy()
        after.put_many(outcome.changes)
    has_draft = plan is not None and plan.state == "draft"
    version = 0 if plan is None else plan.plan_version
    change = None
    if outcome.changes and not options.dry_run:
        change = _write(aim, outcome, settings, f"Set {aim.label} {told}", options.reason or "")
    done = _Done(
        aim,
        before,
        after.value(aim.row, aim.span),
        outcome,
        version + (not has_draft),
        not has_draft and bool(outcome.changes),
        change,
    )
    _tell(done, options)
    return 0


def _ruled(rule: _Rule, aim: Aim, options: Namespace) -> Outcome:
    """What the rule answers; its remedies name keys of the app, and are told for the shell instead."""
    try:
        return rule(aim, options, options.below_zero)
    except BelowZero as problem:
        raise UsageProblem(problem.what, where=aim.label, remedy="If it is meant, say --below-zero.") from problem
    except UsageProblem as problem:
        held = isinstance(problem, HeldBack)
        remedy = "See what is held with: salestui quota show" if held else ""
        raise UsageProblem(problem.what, where=aim.label, expected=problem.expected, remedy=remedy) from problem


def _write(aim: Aim, outcome: Outcome, settings: Settings, told: str, reason: str) -> "UUID":
    from salestui.metrics.work import work
    from salestui.planning.quotas.commands.amounts import Edit, SetQuotas, set_quotas
    from salestui.planning.quotas.commands.plans import tell
    from salestui.planning.quotas.commands.versions import begin_version
    from salestui.planning.quotas.sheet import Leaf
    from salestui.store.schema import open_current
    from salestui.store.work import Actor, StaleSave

    over = aim.sheet.handed_in(outcome.changes)
    edits = [Edit(Leaf.of(key), _amount(units), aim.sheet.leaf(key)) for key, units in outcome.changes.items()]
    engine = open_current(database(settings), write=True)
    try:
        with work(engine, Actor(actor_name(settings)), told) as begun:
            tell(begun, [reason])
            plan = aim.view.plan
            has_draft = plan is not None and plan.state == "draft"
            draft = plan.id if plan is not None and has_draft else begin_version(begun, aim.view.year.fiscal_year).id
            if set_quotas(begun, SetQuotas(draft or 0, edits, over=over)) < len(edits):
                # Somebody else made the very same change first: of two that each add 5%, none may be lost unsaid.
                raise StaleSave("Somebody else changed this in the meantime", where=aim.label, remedy="Try again.")
        return begun.change_id
    finally:
        engine.dispose()


def _amount(units: int | None) -> Amount | None:
    return None if units is None else Amount.from_units(units)


def _tell(done: _Done, options: Namespace) -> None:
    if options.json:
        emit(as_json(_document(done, dry_run=options.dry_run)))
        return
    changed = len(done.outcome.changes)
    difference = (done.after or ZERO) - (done.before or ZERO)
    amounts = [show.money(amount, "full") for amount in (done.before, done.after, difference)]
    rows = [["", "Before", "After", "Difference", "Quotas changed"], [done.aim.label, *amounts, show.count(changed)]]
    emit(table(rows, ("left", *("right",) * 4)))
    for note in (*done.outcome.notes, *_rounded(done)):
        say(f"{note[:1].upper()}{note[1:]}.")
    version = f"{done.aim.view.year.label} v{done.version}"
    if not changed:
        say("Nothing is to be changed.")
    elif options.dry_run:
        say(f"A dry run: nothing is written{f'; {version} would be begun' if done.begun else ''}.")
    else:
        say(f"Saved in {version}{', which is begun' if done.begun else ''}; salestui history undo takes it back.")


def _rounded(done: _Done) -> tuple[str, ...]:
    """What to say where whole steps come of an amount that was finer."""
    step = done.aim.step
    finer = done.before is not None and done.before.units % step.units
    if finer and done.outcome.changes and done.after is not None and not done.after.units % step.units:
        return (f"rounded to the plan's step of {show.money(step, 'full')}",)
    return ()


def _document(done: _Done, *, dry_run: bool) -> dict[str, Any]:
    return {
        "where": done.aim.label,
        "fiscal_year": done.aim.view.year.fiscal_year,
        "version": done.version,
        "begun": done.begun,
        "before": None if done.before is None else str(done.before),
        "after": None if done.after is None else str(done.after),
        "changed": len(done.outcome.changes),
        "notes": [*done.outcome.notes, *_rounded(done)],
        "dry_run": dry_run,
        "written": done.change is not None,
        "change": None if done.change is None else str(done.change),
    }
