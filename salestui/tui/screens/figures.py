"""The figures at the top of Today: each a label, a value and a word about it; what has no data is left out."""

from collections.abc import Iterator

from salestui.metrics.kpis import KpiValue
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.process.today import TodayView
from salestui.tui.text import width_of
from salestui.tui.widgets.lines import Row, Span, Tone, row_width

MARKS = {"good": "▲", "watch": "▬", "bad": "▼"}
TONES: dict[str, Tone] = {"good": "good", "watch": "warn", "bad": "bad"}
_COLUMN = 39


def figure_rows(view: TodayView, width: int) -> list[Row]:
    """The figures in as many columns as fit."""
    figures = list(figures_of(view))
    columns = max(1, width // _COLUMN)
    each = width // columns
    lines = -(-len(figures) // columns)
    rows: list[Row] = []
    for line in range(lines):
        row: Row = ()
        for figure in figures[line::lines]:
            row = (*row, Span(" " * (-row_width(row) % each)), *figure)
        rows.append(row)
    return rows


def figures_of(view: TodayView) -> Iterator[Row]:
    """The figures in the order of their weight."""
    yield from _result(view)
    yield from _pipeline(view)
    yield from _ways(view)


def _result(view: TodayView) -> Iterator[Row]:
    booked, attained = view.kpis["bookings"], view.kpis["attainment"]
    spark = show.sparkline(view.trend.get("bookings", ()))
    if attained.value is None:
        yield (*_label("Closed", booked), Span(f" {spark}", "muted"))
    else:
        share = f" {show.percent(attained.value)}"
        pace = f" pace {show.percent(view.basis.pace.share)}" if not view.basis.over else " of quota"
        yield (
            *_label("Closed", booked),
            Span(f" {spark}", "muted"),
            Span(share, "strong"),
            Span(pace),
            _mark(attained),
        )
    if view.gap is not None:
        a_day = f"  {show.money(view.a_day)} a selling day" if view.a_day is not None else ""
        name, gap = ("Gap", view.gap) if view.gap.units > 0 else ("Over quota", -view.gap)
        yield (_name(name), Span(show.money(gap), "strong"), Span(a_day))
    if view.objective is not None:
        goal = view.objective
        whole = goal.period.label != view.period.label
        more = f" {goal.period.label}" if whole else f" pace {show.percent(goal.pace)}"
        told = f" of {show.money(goal.amount)}{more}"
        yield (
            _name("Objective"),
            Span(show.percent(goal.reached), "strong"),
            Span(told),
            Span(f" {MARKS[goal.level]}", TONES[goal.level]),
        )
    if view.standings:
        on = sum(standing.level != "bad" for standing in view.standings)
        tone: Tone = "" if on == len(view.standings) else "strong"
        yield (_name("On pace"), Span(f"{on} of {len(view.standings)}", tone), Span(" people"))


def _pipeline(view: TodayView) -> Iterator[Row]:
    coverage, pipeline = view.kpis["coverage"], view.kpis["open_pipeline"]
    if coverage.value is not None and not view.basis.over:
        need = f"  need {show.times(coverage.expected)}"
        yield (_name("Coverage"), Span(show.times(coverage.value), "strong"), Span(need), _mark(coverage))
    elif coverage.level == "good":
        yield (_name("Coverage"), Span("quota is met", "good"))
    if view.next_coverage is not None:
        yield (_name("Next"), Span(show.times(view.next_coverage), "strong"), Span(f" covers {view.next_period.label}"))
    if pipeline.value and pipeline.n:
        yield (*_label("Pipeline", pipeline), Span(f"  {show.count(pipeline.n)} open deals"))


def _ways(view: TodayView) -> Iterator[Row]:
    win, deal, cycle, growth, margin = (
        view.kpis[key] for key in ("win_rate", "average_deal", "sales_cycle", "growth", "gross_margin")
    )
    if win.value is not None:
        target = (
            f"  target {show.percent(win.target)}" if win.target is not None else f"  of {show.count(win.n)} closed"
        )
        yield (_name("Win rate"), Span(show.percent(win.value), "strong"), Span(target), _mark(win))
    if deal.value is not None:
        length = f"  won in {show.days(cycle.value)}" if cycle.value is not None else ""
        yield (*_label("Avg deal", deal), Span(length), _mark(deal))
    if growth.value is not None:
        sign = "+" if growth.value > 0 else ""
        yield (
            _name("Growth"),
            Span(f"{sign}{show.percent(growth.value, 1)}", "strong"),
            Span(" on a year ago"),
            _mark(growth),
        )
    if margin.value is not None:
        change = ""
        if view.margin_change is not None:
            sign = "+" if view.margin_change > 0 else ""
            change = f"  {sign}{show.percent(view.margin_change, 1).removesuffix('%')} pt on a year ago"
        yield (_name("Margin"), Span(show.percent(margin.value, 1), "strong"), Span(change))


def _name(label: str) -> Span:
    return Span(f" {label}" + " " * max(1, 10 - width_of(label)), "muted")


def _label(label: str, value: KpiValue) -> Row:
    amount = None if value.value is None else Amount(value.value)
    return (_name(label), Span(show.money(amount), "strong"))


def _mark(value: KpiValue) -> Span:
    return Span(f" {MARKS[value.level]}", TONES[value.level]) if value.level else Span("")
