"""KPI values: computed from measures, judged against pace and targets, with what they rest on."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from salestui.metrics import pace
from salestui.metrics.catalog import FLOWS, IN_DAYS, KPIS, MEASURES, QUOTAS, Kpi, Unit
from salestui.metrics.formula import Value
from salestui.metrics.reader import (
    NOTHING,
    Every,
    Lens,
    Scope,
    Sums,
    Window,
    flow,
    level,
    read_windows,
    read_windows_of_each,
)
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.period import Period
from salestui.store.quick import Reader

Level = Literal["good", "watch", "bad"]

FEWEST_DEALS = 10
"""No judgement rests on fewer closed deals."""

_NEAR = Decimal("0.1")
_PLACES: Mapping[Unit, Decimal] = {
    "amount": Decimal("0.0001"),
    "ratio": Decimal("0.000001"),
    "times": Decimal("0.0001"),
    "days": Decimal("0.0001"),
    "count": Decimal(1),
}
_SOLD = tuple(fact for fact in FLOWS if fact not in QUOTAS)
KEPT_BY_SEAT = ("pipeline", "past_due")
"""Stocks that are kept for every scope."""


class KpiValue(NamedTuple):
    """A KPI's value with what it rests on. None is "not available", and the status says why."""

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
    """The judgement in a few words, or the reason why there is none."""
    remark: str = ""
    """What is left out of it, or apart."""
    base_value: Value = None
    """Of a KPI over the quota: its value over the base, before ramps and reliefs."""
    base_quota: Value = None
    """That base."""


class Basis(NamedTuple):
    """What every KPI of a period is judged by: the company's pace, the coverage it needs, its targets."""

    pace: pace.Pace
    learned_coverage: Decimal | None
    """How many times the open quota the pipeline must be, by the company's own past; None without one."""
    targets: Mapping[str, Decimal]
    begun: bool
    """Whether the period has begun."""
    over: bool
    """Whether the period, or the last of its months, has ended."""

    @property
    def needed_coverage(self) -> Decimal:
        """How many times the open quota the pipeline must be: a flat three times without history."""
        return pace.FLAT_COVERAGE if self.learned_coverage is None else self.learned_coverage


def read_basis(reader: Reader, lens: Lens, period: Period, targets: Mapping[str, Decimal]) -> Basis:
    """What the KPIs of `period` are judged by on the lens's day.

    A period that ends within a month, such as the quarter to date, is judged as what its whole months are.
    """
    judged = _judged(lens, period)
    elapsed = judged.day_number(min(lens.on, period.end))
    likes = pace.like_periods(lens.calendar, judged, pace.first_booking(reader))
    return Basis(
        pace=pace.read_pace(reader, lens, judged, likes, elapsed),
        learned_coverage=pace.read_needed_coverage(reader, lens, judged, likes),
        targets=targets,
        begun=period.start <= lens.on,
        over=judged.end <= lens.on,
    )


def whole_months(lens: Lens, period: Period) -> Period:
    """The whole fiscal months that `period` touches, for quota is set by the month; none if it begins within one."""
    months = lens.calendar.months(period)
    if not months or months[0].start != period.start:
        return period.cut(0)
    start, end = months[0].start, months[-1].end
    known = (period, months[0], lens.calendar.quarter_of(start), lens.calendar.year_of(start))
    same = [each for each in known if (each.start, each.end) == (start, end)]
    return same[0] if same else Period(start, end, f"{months[0].label}..{months[-1].label}", "range")


def _judged(lens: Lens, period: Period) -> Period:
    planned = whole_months(lens, period)
    return planned if planned.days else period


def windows(lens: Lens, period: Period) -> tuple[Window, ...]:
    """What has to be read for all measures of a period, in the order of `to_measures`."""
    elapsed = period.day_number(lens.on)
    return (
        flow(_SOLD, period.cut(elapsed)),
        flow(QUOTAS, whole_months(lens, period)),
        flow(("bookings",), lens.calendar.year_ago(period, elapsed)),
        level(KEPT_BY_SEAT, lens.on),
        level(KEPT_BY_SEAT, lens.on, period),
    )


def read_measures(reader: Reader, lens: Lens, scope: Scope, period: Period) -> dict[str, Value]:
    """All measures of a scope in a period, as seen on the lens's day."""
    return to_measures(*read_windows(reader, lens, scope, windows(lens, period)))


def read_measures_of_each(reader: Reader, lens: Lens, kind: Every, period: Period) -> dict[int, dict[str, Value]]:
    """All measures in a period of every team by its leading seat, or of every person, but for those who have none."""
    found = read_windows_of_each(reader, lens, kind, windows(lens, period))
    return {who: to_measures(*sums) for who, sums in found.items()}


_NO_SUMS: Sums = {}


def to_measures(
    so_far: Sums = _NO_SUMS,
    whole: Sums = _NO_SUMS,
    year_ago: Sums = _NO_SUMS,
    stock: Sums = _NO_SUMS,
    due: Sums = _NO_SUMS,
) -> dict[str, Value]:
    """Measures by name from sums of facts by window. Quota that was never set is None, sales that never were are 0."""
    by_window = {"period": so_far, "whole": whole, "year_ago": year_ago, "stock": stock, "stock_due": due}
    measures: dict[str, Value] = {}
    for measure in MEASURES.values():
        found = by_window[measure.window].get(measure.fact, NOTHING)
        if measure.fact in QUOTAS and not found.number:
            measures[measure.name] = None
        elif measure.counts:
            measures[measure.name] = Decimal(found.number)
        else:
            measures[measure.name] = Decimal(found.total).scaleb(0 if measure.fact in IN_DAYS else -4)
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
    if (kpi.looks_back and not basis.begun) or (kpi.judge == "coverage" and basis.over):
        value = None
    number = kpi.n.value(measures)
    n = None if number is None else int(number)
    target, expected = _target(kpi, measures, basis)
    found, status = _judge(kpi, value, denominator, measures, n, expected, basis)
    base_value, base_quota = _over_the_base(kpi, measures)
    if kpi.looks_back and not basis.begun:
        base_value = None
    remark = _remark(kpi, measures) or _remark_on_the_base(base_value, base_quota, denominator)
    return KpiValue(
        *(kpi.id, kpi.title, kpi.unit, value, numerator, denominator, n, target, expected, found, status, remark),
        *(base_value, base_quota),
    )


def _target(kpi: Kpi, measures: Mapping[str, Value], basis: Basis) -> tuple[Value, Value]:
    """What it should be in the end, and by now."""
    if kpi.judge == "pace":
        target = measures["quota"] if kpi.id == "bookings" else basis.targets.get(kpi.id, Decimal(1))
        return target, None if target is None else (target * basis.pace.share).quantize(_PLACES[kpi.unit])
    target = basis.targets.get(kpi.id, basis.needed_coverage if kpi.judge == "coverage" else None)
    return target, target


def _judge(
    kpi: Kpi,
    value: Value,
    denominator: Value,
    measures: Mapping[str, Value],
    n: int | None,
    expected: Value,
    basis: Basis,
) -> tuple[Level | None, str]:
    """The level and its words, or no level and the reason."""
    if kpi.looks_back and not basis.begun:
        return None, "not begun yet"
    if kpi.judge == "coverage":
        if denominator is not None and denominator <= 0:
            return "good", "quota is met"
        if basis.over:
            return None, "the period is over"
    if value is None:
        unmet = kpi.needs is not None and kpi.needs.value(measures) == 0
        return None, kpi.unmet if unmet else kpi.lacking
    if kpi.few and (n or 0) < FEWEST_DEALS:
        return None, "too few to judge"
    if expected is None:
        return None, ""
    if kpi.judge == "pace" and not expected:
        return None, "too early to judge" if measures["quota"] else ""
    found = judge_pace(value, expected) if kpi.rising else judge_pace(-value, -expected)
    return found, _WORDS["reached" if basis.over and kpi.judge == "pace" else kpi.judge][found]


def judge_pace(value: Decimal, expected: Decimal) -> Level:
    """Good where `value` reaches what is expected, to be watched within a tenth of it, bad below."""
    if value >= expected:
        return "good"
    return "watch" if value >= expected - abs(expected) * _NEAR else "bad"


_WORDS: Mapping[str, Mapping[Level, str]] = {
    "pace": {"good": "on pace", "watch": "just behind pace", "bad": "off pace"},
    "reached": {"good": "reached", "watch": "just missed", "bad": "missed"},
    "coverage": {"good": "enough", "watch": "just short", "bad": "too little"},
    "target": {"good": "on target", "watch": "near target", "bad": "off target"},
}


def _remark(kpi: Kpi, measures: Mapping[str, Value]) -> str:
    """What of the pipeline is past its close date, for that is likely to be less than it seems."""
    window = {"open_pipeline": "late", "coverage": "past_due"}.get(kpi.id)
    deals = measures[f"{window}_deals"] if window else None
    if not deals:
        return ""
    number, money = int(deals), show.money(Amount(measures[f"{window}_amount"] or 0))
    late = f"{show.count(number)} {'deal' if number == 1 else 'deals'} past the close date ({money})"
    return f"{late} of it" if kpi.id == "open_pipeline" else f"{late} left out"


def _over_the_base(kpi: Kpi, measures: Mapping[str, Value]) -> tuple[Value, Value]:
    """The value on the base quota, and that base; only for what is a share of the quota."""
    base = measures["base_quota"]
    if kpi.id != "attainment" or base is None:
        return None, None
    return value_of(kpi, {**measures, "quota": base})[0], base


def _remark_on_the_base(value: Value, base: Value, effective: Value) -> str:
    if base is None or base == effective:
        return ""
    attained = "–" if value is None else show.percent(value)
    return f"{attained} of the base quota, {show.money(Amount(base))} before ramp and relief"


def read_kpis(
    reader: Reader, lens: Lens, scope: Scope, period: Period, basis: Basis, ids: Iterable[str] = tuple(KPIS)
) -> tuple[KpiValue, ...]:
    """KPIs of a scope in a period as seen on the lens's day."""
    return evaluate([KPIS[key] for key in ids], read_measures(reader, lens, scope, period), basis)


Trend = dict[str, tuple[Value, ...]]


def read_trend(reader: Reader, lens: Lens, scope: Scope, period: Period, count: int = 6) -> Trend:
    """Each KPI in the periods before and like `period`, and in it: oldest first, all cut at the same elapsed day."""
    judged = _judged(lens, period)
    elapsed = judged.day_number(min(lens.on, period.end))
    likes = pace.like_periods(lens.calendar, judged, pace.first_booking(reader))[: count - 1]
    periods = [*reversed(likes), judged]
    sold = [flow(_SOLD, each.cut(elapsed) if elapsed < judged.days else each) for each in periods]
    planned = [flow(QUOTAS, whole_months(lens, each)) for each in periods]
    found = read_windows(reader, lens, scope, [*sold, *planned])
    measures = [
        to_measures(so_far, whole) for so_far, whole in zip(found[: len(periods)], found[len(periods) :], strict=True)
    ]
    told = [kpi for kpi in KPIS.values() if _by_flows(kpi)]
    return {kpi.id: tuple(value_of(kpi, each)[0] for each in measures) for kpi in told}


def _by_flows(kpi: Kpi) -> bool:
    names = kpi.numerator.names | (kpi.denominator.names if kpi.denominator else frozenset())
    return all(MEASURES[name].window in ("period", "whole") for name in names)
