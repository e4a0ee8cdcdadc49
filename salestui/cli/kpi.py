"""`salestui kpi`: the KPIs of a scope and period, as a table, as one line, as JSON or as CSV."""

from argparse import ArgumentParser, Namespace
from decimal import Decimal
from typing import Any

from salestui.cli.opening import Opened, opened
from salestui.cli.output import Side, as_csv, as_json, emit, plain, table
from salestui.metrics.catalog import KPIS, Unit
from salestui.metrics.kpis import Basis, KpiValue, Trend, read_basis, read_kpis, read_trend
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.model.values.text import safe_line
from salestui.store.settings import Settings

_ARROWS = {"good": "▲", "watch": "▬", "bad": "▼", None: ""}
_FIELDS = ("id", "value", "unit", "numerator", "denominator", "n", "target", "expected", "status")


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("kpis", nargs="*", metavar="KPI", help="which KPIs (all): " + ", ".join(KPIS))
    parser.add_argument("--scope", metavar="NAME", help="a team or a person (the whole company)")
    parser.add_argument("--period", metavar="P", help="such as 2026Q1, 2026-03, FY2026, this, last, ytd (this quarter)")
    parser.add_argument("--compare", choices=("prior", "year-ago"), help="beside the period before, or a year ago")
    parser.add_argument("--line", choices=("then", "today"), default="then", help="teams as they were, or as today")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a KPI is off pace or off target")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--csv", action="store_true", help="print CSV")
    form.add_argument("--oneline", action="store_true", help="print one line, for a prompt or a status bar")


def run(options: Namespace, settings: Settings) -> int:
    """Print the KPIs."""
    ids = _known(options.kpis)
    with opened(options, settings) as at:
        basis = read_basis(at.reader, at.lens, at.period, at.company.targets)
        values = read_kpis(at.reader, at.lens, at.scope, at.period, basis, ids)
        compared, other = _compared(at, options.compare, basis, ids)
        tabled = not (options.json or options.csv or options.oneline)
        trend = read_trend(at.reader, at.lens, at.scope, at.period) if tabled else {}
    if options.json:
        emit(as_json(_document(at, values, compared, other)))
    elif options.csv:
        emit(as_csv([_FIELDS, *([field or "" for field in _texts(value)] for value in values)]))
    elif options.oneline:
        emit(_one_line(at, values))
    else:
        emit(_page(at, basis, values, trend, compared, other))
    return 1 if options.check and any(value.level == "bad" for value in values) else 0


def _known(names: list[str]) -> tuple[str, ...]:
    for name in names:
        if name not in KPIS:
            import difflib

            near = difflib.get_close_matches(name, list(KPIS), 1)
            raise UsageProblem(
                f"There is no KPI {safe_line(name)!r}.",
                expected=", ".join(KPIS),
                remedy=f"Did you mean {near[0]}?" if near else "",
            )
    return tuple(names) or tuple(KPIS)


def _compared(
    at: Opened, how: str | None, basis: Basis, ids: tuple[str, ...]
) -> tuple[tuple[KpiValue, ...], Period | None]:
    """The same KPIs in the other period, cut at the same elapsed day, as seen on its own day."""
    if how is None:
        return (), None
    calendar, elapsed = at.lens.calendar, at.period.day_number(at.lens.on)
    other = calendar.prior(at.period) if how == "prior" else calendar.year_ago(at.period)
    lens = at.lens._replace(on=other.cut(elapsed).end if elapsed < at.period.days else other.end)
    return read_kpis(at.reader, lens, at.scope, other, basis, ids), other


def _texts(value: KpiValue) -> tuple[str | None, ...]:
    return (
        value.id,
        plain(value.value),
        value.unit,
        plain(value.numerator),
        plain(value.denominator),
        None if value.n is None else str(value.n),
        plain(value.target),
        plain(value.expected),
        value.status,
    )


def _document(
    at: Opened, values: tuple[KpiValue, ...], compared: tuple[KpiValue, ...], other: Period | None
) -> dict[str, Any]:
    kpis: list[dict[str, Any]] = [dict(zip(_FIELDS, _texts(value), strict=True)) | {"n": value.n} for value in values]
    for kpi, there in zip(kpis, compared, strict=False):
        kpi["compared"] = plain(there.value)
    return {
        "scope": at.scope.name,
        "period": at.period.label,
        "as_of": at.lens.on.isoformat(),
        "currency": at.company.currency,
        "line": at.lens.view,
        **({"compared_with": other.label} if other else {}),
        "kpis": kpis,
    }


def shown(value: Decimal | None, unit: Unit) -> str:
    """A KPI's value as a table shows it."""
    if value is None:
        return show.NOTHING
    if unit == "amount":
        return show.money(Amount(value))
    if unit == "ratio":
        return show.percent(value)
    if unit == "times":
        return show.times(value)
    if unit == "days":
        return show.days(value)
    return show.count(int(value))


def _one_line(at: Opened, values: tuple[KpiValue, ...]) -> str:
    parts = [f"{safe_line(at.scope.name)} {at.period.label}"]
    for value in values:
        if value.value is not None:
            parts.append(f"{value.title.lower()} {shown(value.value, value.unit)}{_ARROWS[value.level]}")
    return " · ".join(parts)


def _page(
    at: Opened,
    basis: Basis,
    values: tuple[KpiValue, ...],
    trend: Trend,
    compared: tuple[KpiValue, ...],
    other: Period | None,
) -> str:
    day = at.period.day_number(at.lens.on)
    teams = "teams as today" if at.lens.view == "todays_teams" else "teams as they were"
    head = (
        f"{safe_line(at.scope.name)} · {at.period.label}, day {day} of {at.period.days}"
        f" · as of {at.lens.on:%a %d %b %Y} · {at.company.currency} · {teams}"
    )
    header = ["KPI", "Value", "Trend", "By now", "Target", *([other.label] if other else []), "n", ""]
    sides: list[Side] = ["left", "right", "left", "right", "right", *(["right"] if other else []), "right", "left"]  # type: ignore[list-item]
    rows = [header]
    for index, value in enumerate(values):
        row = [value.title, shown(value.value, value.unit), show.sparkline(trend.get(value.id, ()))]
        row += [shown(value.expected, value.unit), shown(value.target, value.unit)]
        if other:
            row.append(shown(compared[index].value, value.unit))
        row += [show.count(value.n), f"{_ARROWS[value.level]} {value.status}".strip()]
        rows.append(row)
    pace = basis.pace
    how = f"median of {pace.periods} like periods" if pace.periods else "the calendar's share: too little history"
    foot = f"Pace {show.percent(pace.share)} ({how})."
    return "\n".join([head, "", table(rows, sides), "", foot])
