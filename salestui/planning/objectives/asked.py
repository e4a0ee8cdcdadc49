"""What people ask for in words, made into an objective to set: the same from the app and from the shell."""

from collections.abc import Sequence
from typing import NamedTuple

from salestui.metrics.reader import Lens
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.planning.objectives.base import Known, read_base, read_year_before, usual_base
from salestui.planning.objectives.rules import (
    Kind,
    Target,
    from_last_year,
    grown,
    growth_of,
    kind_of,
    measure_of,
    period_of,
    typed_amount,
)
from salestui.planning.sales import Measured, read_ledger
from salestui.planning.scopes import PlanScope, named_scope
from salestui.store.company import Company
from salestui.store.quick import Reader

_OVER = " over "


class Asked(NamedTuple):
    """What an objective is of; the target is asked for next."""

    kind: Kind
    measure: Measured
    scope: PlanScope
    period: Period


def asked(lens: Lens, scopes: Sequence[PlanScope], kind: str, measure: str | None, scope: str, period: str) -> Asked:
    """What these words name."""
    found = kind_of(kind)
    return Asked(found, measure_of(found, measure), named_scope(scope, scopes), period_of(lens, period))


def read_last_year(reader: Reader, lens: Lens, company: Company, what: Asked) -> Known:
    """What was booked a year before, or in what stands in for that."""
    ledger = read_ledger(reader, lens.calendar, lens.on, company)
    return read_year_before(reader, lens, ledger, what.scope, what.measure, what.period)


def read_target(
    reader: Reader, lens: Lens, company: Company, what: Asked, text: str, base: str | None = None
) -> Target:
    """The target that a text stands for: an amount, `=ly*1.12`, or for a growth `12%`.

    The last two go on from the `base` (a period), or the one in the text (`12% over FY2024`), else the usual one.
    """
    wanted, _, named = text.partition(_OVER)
    if what.kind != "growth" and not from_last_year(wanted):
        if named or base:
            raise UsageProblem("Only a growth, or =ly, goes on from a base", expected="such as 12%, or =ly*1.12")
        return Target(typed_amount(text, None, None))
    before = base_of(reader, lens, company, what, named.strip() or base)
    found = read_base(reader, lens, company, what.scope, what.measure, before)
    if what.kind == "growth":
        return grown(found, growth_of(wanted))
    return Target(typed_amount(wanted, None, found.amount), None, found)


def base_of(reader: Reader, lens: Lens, company: Company, what: Asked, named: str | None) -> Period:
    """The period that is named to go on from, else the usual one; UsageProblem for one that cannot be."""
    if not named:
        return usual_base(lens, read_ledger(reader, lens.calendar, lens.on, company), what.period)
    before = period_of(lens, named)
    if before.start >= what.period.start:
        raise UsageProblem(f"{before.label} is not before {what.period.label}", expected="an earlier base to grow from")
    months = [len(lens.calendar.months(each)) for each in (what.period, before)]
    if months[0] != months[1]:
        raise UsageProblem(
            f"{before.label} has {months[1]} months, {what.period.label} has {months[0]}", expected="a base as long"
        )
    return before
