"""KPI values: computed from measures, judged against pace and targets, with what they rest on."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from salestui.metrics import pace
from salestui.metrics.catalog import FLOWS, IN_MONEY, KPIS, MEASURES, STOCKS, Kpi, Unit
from salestui.metrics.formula import Value
from salestui.metrics.reader import NOTHING, Lens, Scope, Sums, read_flows, read_months, read_stocks
from salestui.model.values.period import Period
from salestui.store.quick import Reader

Level = Literal["good", "watch", "bad"]

FEWEST_DEALS = 10
"""No judgement rests on fewer closed deals."""

_NEAR = Decimal("0.9")
_PLACES: Mapping[Unit, Decimal] = {
    "amount": Decimal("0.0001"),
    "ratio": Decimal("0.000001"),
    "times": Decimal("0.0001"),
    "days": Decimal("0.0001"),
    "count": Decimal(1),
}
_BY_DEALS = frozenset({"win_rate", "average_deal", "sales_cycle"})
_PACED = frozenset({"bookings", "attainment"})


class KpiValue(NamedTuple):
    """A KPI's value with what it rests on. None is "not available", and `why` says the reason."""

    id: str
    title: str
    unit: Unit
    value: Value
    numerator: Value
    denominator: Value
    n: int | None
    target: Value
    """What it should be at the end of the period."""
    expected: Value
    """What it should be by now."""
    level: Level | None
    status: str
    """The judgement in words, or the reason why there is none."""


class Basis(NamedTuple):
    """What every KPI of a period is judged by: the company's pace, the coverage it needs, its targets."""

    pace: pace.Pace
    needed_coverage: Decimal
    targets: Mapping[str, Decimal]
    over: bool
    """Whether the period has ended."""


def read_basis(reader: Reader, lens: Lens, period: Period, targets: Mapping[str, Decimal]) -> Basis:
    """What the KPIs of `period` are judged by on the lens's day."""
    likes = pace.like_periods(lens.calendar, period, pace.first_booking(reader))
    return Basis(
        pace=pace.read_pace(reader, lens, period, likes),
        needed_coverage=pace.read_needed_coverage(reader, lens, period, likes),
        targets=targets,
        over=period.end <= lens.on,
    )


def read_measures(reader: Reader, lens: Lens, scope: Scope, period: Period) -> dict[str, Value]:
    """All measures of a scope in a period, as seen on the lens's day."""
    elapsed = period.day_number(lens.on)
    return to_measures(
        so_far=read_flows(reader, lens, scope, FLOWS, period.cut(elapsed)),
        whole=read_flows(reader, lens, scope, ("quota",), whole_months(lens, period)),
        year_ago=read_flows(reader, lens, scope, ("bookings",), lens.calendar.year_ago(period, elapsed)),
        stock=read_stocks(reader, lens, scope, KEPT_BY_SEAT, lens.on),
        due=read_due(lambda facts, on: read_stocks(reader, lens, scope, facts, on, period), lens.on),
    )


KEPT_BY_SEAT = tuple(fact for fact in STOCKS if fact != "pipeline_won")


def read_due(read: Callable[[tuple[str, ...], date], Sums], on: date) -> Sums:
    """Stocks due in the period: a deal is past due only from the day after its close date."""
    return {**read(("pipeline",), on), **read(("past_due",), on - timedelta(days=1))}


def whole_months(lens: Lens, period: Period) -> Period:
    """The whole fiscal months that `period` touches: quota is set by the month."""
    months = lens.calendar.months(period)
    return period._replace(start=months[0].start, end=months[-1].end) if months else period


def to_measures(*, so_far: Sums, whole: Sums, year_ago: Sums, stock: Sums, due: Sums) -> dict[str, Value]:
    """Measures by name from sums of facts by window. Quota that was never set is None, sales that never were are 0."""
    windows = {"period": so_far, "whole": whole, "year_ago": year_ago, "stock": stock, "stock_due": due}
    measures: dict[str, Value] = {}
    for measure in MEASURES.values():
        found = windows[measure.window].get(measure.fact)
        if measure.fact == "quota" and (found is None or found.number == 0):
            measures[measure.name] = None
            continue
        found = found or NOTHING
        if measure.counts:
            measures[measure.name] = Decimal(found.number)
        else:
            measures[measure.name] = (
                Decimal(found.total).scaleb(-4) if measure.fact in IN_MONEY else Decimal(found.total)
            )
    return measures


def evaluate(kpis: Iterable[Kpi], measures: Mapping[str, Value], basis: Basis) -> tuple[KpiValue, ...]:
    """The values of `kpis` from measures, judged by `basis`."""
    return tuple(_evaluate(kpi, measures, basis) for kpi in kpis)


def value_of(kpi: Kpi, measures: Mapping[str, Value]) -> tuple[Value, Value, Value]:
    """A KPI's value, rounded once, with its numerator and denominator."""
    numerator = kpi.numerator.value(measures)
    denominator = None if kpi.denominator is None else kpi.denominator.value(measures)
    if kpi.needs is not None and not kpi.needs.value(measures):
        return None, numerator, denominator
    if kpi.denominator is None:
        return numerator, numerator, None
    if numerator is None or denominator is None or denominator <= 0:
        return None, numerator, denominator
    return (numerator / denominator).quantize(_PLACES[kpi.unit]), numerator, denominator


def _evaluate(kpi: Kpi, measures: Mapping[str, Value], basis: Basis) -> KpiValue:
    value, numerator, denominator = value_of(kpi, measures)
    number = kpi.n.value(measures)
    n = None if number is None else int(number)
    target, expected = _target(kpi, measures, basis)
    level, status = _judge(kpi, value, denominator, n, expected, basis)
    return KpiValue(kpi.id, kpi.title, kpi.unit, value, numerator, denominator, n, target, expected, level, status)


def _target(kpi: Kpi, measures: Mapping[str, Value], basis: Basis) -> tuple[Value, Value]:
    if kpi.id == "attainment":
        return Decimal(1), basis.pace.share
    if kpi.id == "bookings":
        quota = measures["quota"]
        return quota, None if quota is None else (quota * basis.pace.share).quantize(_PLACES["amount"])
    if kpi.id == "coverage":
        return basis.needed_coverage, basis.needed_coverage
    target = basis.targets.get(kpi.id)
    return target, target


def _judge(
    kpi: Kpi, value: Value, denominator: Value, n: int | None, expected: Value, basis: Basis
) -> tuple[Level | None, str]:
    if kpi.id == "coverage" and denominator is not None and denominator <= 0:
        return "good", "covered: quota is met"
    if kpi.id == "coverage" and basis.over:
        return None, "the period is over"
    if value is None:
        return None, kpi.lacking
    if kpi.id in _BY_DEALS and (n or 0) < FEWEST_DEALS:
        return None, f"too few deals to judge ({n or 0})"
    if not expected:
        return None, ""
    level = judge_pace(value, expected) if kpi.rising else judge_pace(expected, value)
    return level, _WORDS[("paced" if kpi.id in _PACED else "target", basis.over, level)]


def judge_pace(value: Decimal, expected: Decimal) -> Level:
    """Good where `value` reaches what is expected, to be watched from nine tenths of it, bad below."""
    return "good" if value >= expected else "watch" if value >= expected * _NEAR else "bad"


_WORDS: Mapping[tuple[str, bool, Level], str] = {
    ("paced", False, "good"): "on pace",
    ("paced", False, "watch"): "just behind pace",
    ("paced", False, "bad"): "off pace",
    ("paced", True, "good"): "reached",
    ("paced", True, "watch"): "just missed",
    ("paced", True, "bad"): "missed",
    ("target", False, "good"): "on target",
    ("target", False, "watch"): "near target",
    ("target", False, "bad"): "off target",
    ("target", True, "good"): "on target",
    ("target", True, "watch"): "near target",
    ("target", True, "bad"): "off target",
}


def read_kpis(
    reader: Reader, lens: Lens, scope: Scope, period: Period, basis: Basis, ids: Iterable[str] = tuple(KPIS)
) -> tuple[KpiValue, ...]:
    """KPIs of a scope in a period as seen on the lens's day."""
    return evaluate([KPIS[key] for key in ids], read_measures(reader, lens, scope, period), basis)


Trend = dict[str, tuple[Value, ...]]


def read_trend(reader: Reader, lens: Lens, scope: Scope, period: Period, count: int = 6) -> Trend:
    """Each KPI in the periods before and like `period`, and in it so far: oldest first, where months can tell."""
    likes = pace.like_periods(lens.calendar, period, pace.first_booking(reader))[: count - 1]
    periods = [*reversed(likes), period]
    flows = tuple(fact for fact in FLOWS if fact != "quota")
    start, elapsed = periods[0].start, period.cut(period.day_number(lens.on))
    sold = read_months(reader, lens, scope, flows, period._replace(start=start, end=elapsed.end))
    planned = read_months(reader, lens, scope, ("quota",), whole_months(lens, period)._replace(start=start))
    trend: dict[str, list[Value]] = {}
    for each in periods:
        so_far, whole = _within(each, sold), _within(each, planned)
        measures = to_measures(so_far=so_far, whole=whole, year_ago={}, stock={}, due={})
        for kpi in KPIS.values():
            if _by_months(kpi):
                trend.setdefault(kpi.id, []).append(value_of(kpi, measures)[0])
    return {key: tuple(values) for key, values in trend.items()}


def _within(period: Period, months: Mapping[date, Sums]) -> Sums:
    found: Sums = {}
    for month, sums in months.items():
        if period.start <= month <= period.end:
            for fact, part in sums.items():
                found[fact] = found.get(fact, NOTHING).plus(part)
    return found


def _by_months(kpi: Kpi) -> bool:
    names = kpi.numerator.names | (kpi.denominator.names if kpi.denominator else frozenset())
    return all(MEASURES[name].window in ("period", "whole") for name in names)
