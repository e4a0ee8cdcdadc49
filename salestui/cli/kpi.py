"""`salestui kpi`: the KPIs of a scope and period, as a table, as one line, as JSON or as CSV."""

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any, NamedTuple

from salestui.cli.opening import Opened, opened
from salestui.cli.output import Side, as_csv, as_json, emit, headed, plain, table
from salestui.metrics.catalog import KPIS
from salestui.metrics.kpis import Basis, KpiValue, Trend, read_basis, read_kpis, read_trend
from salestui.metrics.pace import like_day
from salestui.metrics.reader import TODAYS_TEAMS
from salestui.metrics.shown import shown
from salestui.model.values import show
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.model.values.text import fit, safe_line
from salestui.store.settings import Settings

_ARROWS = {"good": "▲", "watch": "▬", "bad": "▼", None: ""}
_FIELDS = (
    *("id", "value", "unit", "numerator", "denominator", "n", "target", "expected", "status", "remark"),
    *("base_value", "base_quota"),
)
_WHERE = ("scope", "period", "as_of", "currency")
_IN_ONE_LINE = ("bookings", "attainment", "coverage", "win_rate")
_LONGEST_NAME = 24
"""So many columns of a name are enough for a status bar."""


class _Compared(NamedTuple):
    """The same KPIs in another period, by its own day."""

    heading: str
    period: Period
    on: date
    values: tuple[KpiValue, ...]


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
    ids = _known(options.kpis) or (_IN_ONE_LINE if options.oneline else tuple(KPIS))
    with opened(options, settings) as at:
        basis = read_basis(at.reader, at.lens, at.period, at.company.targets)
        values = read_kpis(at.reader, at.lens, at.scope, at.period, basis, ids)
        compared = _compared(at, options.compare, basis, ids) if options.compare else None
        tabled = not (options.json or options.csv or options.oneline or compared)
        trend = read_trend(at.reader, at.lens, at.scope, at.period) if tabled else {}
    if options.json:
        emit(as_json(_document(at, values, compared)))
    elif options.csv:
        emit(as_csv(_rows(at, values, compared)))
    elif options.oneline:
        emit(_one_line(at, values))
    else:
        emit(_page(at, basis, values, trend, compared))
    return 1 if options.check and any(value.level == "bad" for value in values) else 0


def _known(names: list[str]) -> tuple[str, ...]:
    for name in names:
        if name not in KPIS:
            import difflib

            near = difflib.get_close_matches(name, list(KPIS), 1)
            raise UsageProblem(
                f"There is no KPI {fit(safe_line(name), 40)!r}",
                expected=", ".join(KPIS),
                remedy=f"Did you mean {near[0]}?" if near else "",
            )
    return tuple(dict.fromkeys(names))


def _compared(at: Opened, how: str, basis: Basis, ids: tuple[str, ...]) -> _Compared:
    """The same KPIs in the other period, as far into it as we are into ours."""
    calendar = at.lens.calendar
    prior = how == "prior"
    other = calendar.prior(at.period) if prior else calendar.year_ago(at.period)
    lens = at.lens.at(like_day(at.period, other, at.lens.on))
    values = read_kpis(at.reader, lens, at.scope, other, basis, ids)
    return _Compared("Before" if prior else "Year ago", other, lens.on, values)


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
        value.remark,
        plain(value.base_value),
        plain(value.base_quota),
    )


def _where(at: Opened) -> tuple[str, ...]:
    return at.scope.name, at.period.label, at.lens.on.isoformat(), at.company.currency


def _document(at: Opened, values: tuple[KpiValue, ...], compared: _Compared | None) -> dict[str, Any]:
    kpis: list[dict[str, Any]] = [dict(zip(_FIELDS, _texts(value), strict=True)) | {"n": value.n} for value in values]
    document: dict[str, Any] = {**dict(zip(_WHERE, _where(at), strict=True)), "line": at.lens.view, "kpis": kpis}
    if compared is not None:
        document |= {"compared_with": compared.period.label, "compared_as_of": compared.on.isoformat()}
        for kpi, there in zip(kpis, compared.values, strict=True):
            kpi["compared"] = plain(there.value)
    return document


def _rows(at: Opened, values: tuple[KpiValue, ...], compared: _Compared | None) -> list[list[str]]:
    header, rows = [*_WHERE, *_FIELDS], [[*_where(at), *(text or "" for text in _texts(value))] for value in values]
    if compared is not None:
        header += ["compared_with", "compared"]
        for row, there in zip(rows, compared.values, strict=True):
            row += [compared.period.label, plain(there.value) or ""]
    return [header, *rows]


def _one_line(at: Opened, values: tuple[KpiValue, ...]) -> str:
    parts = [f"{fit(safe_line(at.scope.name), _LONGEST_NAME)} {at.period.label}"]
    for value in values:
        if value.value is not None:
            parts.append(f"{value.title.lower()} {shown(value.value, value.unit)}{_ARROWS[value.level]}")
    return " · ".join(parts)


def _page(at: Opened, basis: Basis, values: tuple[KpiValue, ...], trend: Trend, compared: _Compared | None) -> str:
    columns: list[tuple[str, Side, list[str]]] = [
        ("KPI", "left", [value.title for value in values]),
        ("Value", "right", [shown(value.value, value.unit) for value in values]),
    ]
    if compared is not None:
        columns.append((compared.heading, "right", [shown(there.value, there.unit) for there in compared.values]))
    else:
        columns.append(("Trend", "left", [show.sparkline(trend.get(value.id, ())) for value in values]))
    columns += [
        ("By now", "right", [shown(value.expected, value.unit) for value in values]),
        ("Target", "right", [shown(value.target, value.unit) for value in values]),
        ("n", "right", [show.count(value.n) for value in values]),
        ("", "left", [f"{_ARROWS[value.level]} {value.status}".strip() for value in values]),
    ]
    headers, sides, cells_by_column = zip(*columns, strict=True)
    rows = [headers, *zip(*cells_by_column, strict=True)]
    return "\n".join([*_head(at), "", table(rows, sides), "", *_foot(basis, values, compared)])


def _head(at: Opened) -> list[str]:
    period, on = at.period, at.lens.on
    day = f", day {period.day_number(on)} of {period.days}" if period.start <= on < period.end else ""
    teams = "today's teams" if at.lens.view == TODAYS_TEAMS else "teams as they were"
    when = f" · {period.label}{day}"
    return [headed(at.scope.name, when), f"as of {on:%a %d %b %Y} · {safe_line(at.company.currency)} · {teams}"]


def _foot(basis: Basis, values: tuple[KpiValue, ...], compared: _Compared | None) -> list[str]:
    """What the judgements rest on, and what was left out."""
    lines: list[str] = []
    if compared is not None:
        lines.append(f"{compared.heading}: {compared.period.label}, as of {compared.on:%d %b %Y}.")
    if basis.begun and not basis.over:
        pace = basis.pace
        how = f"the median of {pace.periods} like periods" if pace.periods else "the calendar's, for want of history"
        lines.append(f"Pace: {show.percent(pace.share)} is booked by now ({how}).")
    if not basis.over:
        how = (
            "flat, for want of history" if basis.learned_coverage is None else "by what became of the last like periods"
        )
        lines.append(f"Coverage needed: {show.times(basis.needed_coverage)} ({how}).")
    return lines + [f"{value.title}: {value.remark}." for value in values if value.remark]
