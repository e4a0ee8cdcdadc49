"""What is measured: facts that are kept, measures read from them, and KPIs as formulas over measures."""

from datetime import date
from typing import Literal, NamedTuple

from salestui.metrics.formula import Formula, parse

Unit = Literal["amount", "ratio", "times", "days", "count"]
Window = Literal["period", "whole", "year_ago", "stock", "stock_due"]
"""Which days a measure sums: the period up to the day it is seen from; the whole period; the same stretch a year ago;
all days up to that day (a stock); the part of a stock that is due in the period."""


FIRST_DAY = date(1970, 1, 1)
LAST_DAY = date(2069, 12, 31)
"""The days that facts may have: beyond them a date is a mistake."""


FLOWS = ("bookings", "costed", "cost", "quota", "base_quota", "won", "won_blank", "lost", "cycle")
"""Facts that happen on a day, each kept by person, seat, product line and day as a total and a count."""

QUOTAS = ("quota", "base_quota")
"""Facts that are set by the month: what is in effect after ramps and reliefs, and what these were taken from."""

STOCKS = ("pipeline", "past_due", "pipeline_won")
"""Facts that stand until they change, kept as signed changes by day, with the month that they are due in."""

LAPSING = frozenset({"pipeline", "pipeline_won"})
"""Stocks of which nothing is left once the month that they are due in is over: by then a deal is closed or past due."""

IN_DAYS = frozenset({"cycle"})
"""Facts whose total is days; that of the others is money, in ten-thousandths."""


class Measure(NamedTuple):
    """A number that formulas can name: a fact's total or count over a window."""

    name: str
    fact: str
    counts: bool
    window: Window
    meaning: str


_MEASURES = (
    Measure("bookings", "bookings", False, "period", "credited sales"),
    Measure("orders", "bookings", True, "period", "sales, each counted once, with who has the primary credit"),
    Measure("bookings_year_ago", "bookings", False, "year_ago", "credited sales of the same days a year ago"),
    Measure("quota", "quota", False, "whole", "quota of the period's whole months, after ramps and reliefs"),
    Measure("base_quota", "base_quota", False, "whole", "quota of the period's whole months as it was set"),
    Measure("costed", "costed", False, "period", "credited sales whose cost is known"),
    Measure("costed_orders", "costed", True, "period", "sales whose cost is known"),
    Measure("cost", "cost", False, "period", "their cost"),
    Measure("won_amount", "won", False, "period", "amount of deals won"),
    Measure("won_deals", "won", True, "period", "deals won, by close date"),
    Measure("won_blank", "won_blank", True, "period", "deals won without an amount"),
    Measure("lost_deals", "lost", True, "period", "deals lost, by close date"),
    Measure("cycle_days", "cycle", False, "period", "days from creation to close of deals won"),
    Measure("cycle_deals", "cycle", True, "period", "deals won whose creation date is known, and before the close"),
    Measure("open_amount", "pipeline", False, "stock", "amount of open deals that are not past their close date"),
    Measure("open_deals", "pipeline", True, "stock", "open deals that are not past their close date"),
    Measure("late_amount", "past_due", False, "stock", "amount of open deals that are past their close date"),
    Measure("late_deals", "past_due", True, "stock", "open deals that are past their close date"),
    Measure("due_amount", "pipeline", False, "stock_due", "amount of open deals still to close in the period"),
    Measure("due_deals", "pipeline", True, "stock_due", "open deals still to close in the period"),
    Measure("past_due_amount", "past_due", False, "stock_due", "amount of open deals past a close date in the period"),
    Measure("past_due_deals", "past_due", True, "stock_due", "open deals past a close date in the period"),
)
MEASURES = {measure.name: measure for measure in _MEASURES}

Judge = Literal["pace", "coverage", "target"]


class Kpi(NamedTuple):
    """A KPI: numerator over denominator, so that a group pools both and never averages percentages."""

    id: str
    title: str
    unit: Unit
    numerator: Formula
    denominator: Formula | None
    n: Formula
    """How many deals or sales it rests on."""
    note: str
    """How to read it."""
    lacking: str
    """Why there is no value, where there is none."""
    needs: Formula | None
    """What must hold, beside a denominator above zero, for it to have a value."""
    unmet: str
    """Why there is no value, where that does not hold."""
    rising: bool
    """Whether more is better."""
    judge: Judge
    """What it is judged by: the company's pace, the coverage that is needed, or a target."""
    few: bool
    """Whether it is not judged where it rests on few deals."""

    @property
    def looks_back(self) -> bool:
        """Whether it tells of what happened in the period, so that it has no value before that begins."""
        return any(MEASURES[name].window in ("period", "year_ago") for name in self.numerator.names)


def _kpi(
    key: str,
    title: str,
    unit: Unit,
    ratio: tuple[str, str],
    *,
    n: str,
    note: str,
    lacking: str,
    needs: tuple[str, str] = ("", ""),
    rising: bool = True,
    judge: Judge = "target",
    few: bool = False,
) -> Kpi:
    numerator, denominator, condition = (parse(text, MEASURES) if text else None for text in (*ratio, needs[0]))
    assert numerator is not None
    count = parse(n, MEASURES)
    return Kpi(key, title, unit, numerator, denominator, count, note, lacking, condition, needs[1], rising, judge, few)


_KPIS = (
    _kpi(
        "bookings",
        "Bookings",
        "amount",
        ("bookings", ""),
        n="orders",
        note="Credited sales by booking date; the target is the quota.",
        lacking="nothing was booked",
        judge="pace",
    ),
    _kpi(
        "attainment",
        "Quota attainment",
        "ratio",
        ("bookings", "quota"),
        n="orders",
        note="Bookings so far over the whole period's quota, after ramps and reliefs; judged against pace.",
        lacking="no quota is set",
        needs=("quota != 0", "the quota is zero"),
        judge="pace",
    ),
    _kpi(
        "win_rate",
        "Win rate",
        "ratio",
        ("won_deals", "won_deals + lost_deals"),
        n="won_deals + lost_deals",
        note="Deals won over deals closed, by close date; open deals are left out.",
        lacking="no deal was closed",
        few=True,
    ),
    _kpi(
        "average_deal",
        "Average deal",
        "amount",
        ("won_amount", "won_deals - won_blank"),
        n="won_deals - won_blank",
        note="Amount won over deals won; deals without an amount are left out.",
        lacking="no amount was won",
        few=True,
    ),
    _kpi(
        "sales_cycle",
        "Sales cycle",
        "days",
        ("cycle_days", "cycle_deals"),
        n="cycle_deals",
        note="Days from creation to close, deals won only.",
        lacking="no deal was won",
        rising=False,
        few=True,
    ),
    _kpi(
        "open_pipeline",
        "Open pipeline",
        "amount",
        ("open_amount + late_amount", ""),
        n="open_deals + late_deals",
        note="Amount of the deals open on that day, whenever they are to close.",
        lacking="no deal is open",
        needs=("open_amount + late_amount != 0 or open_deals + late_deals == 0", "no amount is known"),
    ),
    _kpi(
        "coverage",
        "Pipeline coverage",
        "times",
        ("due_amount", "quota - bookings"),
        n="due_deals",
        note="Open deals still to close in the period over the quota still to book; those past due are left out.",
        lacking="no quota is set",
        needs=("due_amount != 0 or due_deals == 0", "no amount is known"),
        judge="coverage",
    ),
    _kpi(
        "growth",
        "Growth",
        "ratio",
        ("bookings - bookings_year_ago", "bookings_year_ago"),
        n="orders",
        note="Bookings against the same days a year ago.",
        lacking="nothing a year ago",
        few=True,
    ),
    _kpi(
        "gross_margin",
        "Gross margin",
        "ratio",
        ("costed - cost", "costed"),
        n="costed_orders",
        note="What remains of bookings after the cost of what was sold, where that cost is known.",
        lacking="no cost is known",
        few=True,
    ),
)
KPIS = {kpi.id: kpi for kpi in _KPIS}
