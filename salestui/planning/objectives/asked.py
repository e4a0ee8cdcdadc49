"""What people ask for in words, made into an objective to set: the same from the app and from the shell."""

from collections.abc import Sequence
from typing import NamedTuple

from salestui.metrics.reader import Lens
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.planning.objectives.base import Known, read_base, read_ledger, read_whole
from salestui.planning.objectives.rules import (
    Kind,
    Target,
    grown,
    growth_of,
    in_whole_months,
    kind_of,
    measure_of,
    period_of,
    typed_amount,
)
from salestui.planning.sales import Measured
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


def read_year_ago(reader: Reader, lens: Lens, company: Company, what: Asked) -> Known:
    """What was booked in the same period a year ago."""
    before = lens.calendar.year_ago(what.period)
    return read_whole(reader, lens, read_ledger(reader, lens, company), what.scope, what.measure, before)


def read_target(reader: Reader, lens: Lens, company: Company, what: Asked, text: str) -> Target:
    """The target that a text stands for: an amount, or for a growth `12%`, or `12% over FY2024` on another base."""
    if what.kind != "growth":
        return Target(typed_amount(text, None, read_year_ago(reader, lens, company, what).amount))
    growth, _, named = text.partition(_OVER)
    before = period_of(lens, named) if named.strip() else in_whole_months(lens, lens.calendar.year_ago(what.period))
    if before.start >= what.period.start:
        raise UsageProblem(f"{before.label} is not before {what.period.label}", expected="an earlier base to grow from")
    rate, months = growth_of(growth), [len(lens.calendar.months(each)) for each in (what.period, before)]
    if months[0] != months[1]:
        raise UsageProblem(
            f"{before.label} has {months[1]} months, {what.period.label} has {months[0]}", expected="a base as long"
        )
    return grown(read_base(reader, lens, company, what.scope, what.measure, before), rate)
