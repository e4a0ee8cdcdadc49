"""What is measured: facts that are kept, measures read from them, and KPIs as formulas over measures."""

from typing import Literal, NamedTuple

from salestui.metrics.formula import Formula, parse

Unit = Literal["amount", "ratio", "times", "days", "count"]
Window = Literal["period", "whole", "year_ago", "stock", "stock_due"]
"""Which days a measure sums: the period up to the day it is seen from; the whole period; the same stretch a year ago;
all days up to that day (a stock); the part of a stock that is due in the period."""


class Fact(NamedTuple):
    """Something kept by seat, person, product line and day as a total and a count. A stock is signed changes."""

    id: str
    stock: bool
    amount: bool
    """Whether the total is money (ten-thousandths) rather than days."""


FACTS = (
    Fact("bookings", stock=False, amount=True),
    Fact("costed", stock=False, amount=True),
    Fact("cost", stock=False, amount=True),
    Fact("quota", stock=False, amount=True),
    Fact("won", stock=False, amount=True),
    Fact("won_blank", stock=False, amount=True),
    Fact("lost", stock=False, amount=True),
    Fact("cycle", stock=False, amount=False),
    Fact("pipeline", stock=True, amount=True),
    Fact("pipeline_blank", stock=True, amount=True),
    Fact("pipeline_won", stock=True, amount=True),
    Fact("past_due", stock=True, amount=True),
)
FLOWS = tuple(fact.id for fact in FACTS if not fact.stock)
STOCKS = tuple(fact.id for fact in FACTS if fact.stock)
IN_MONEY = frozenset(fact.id for fact in FACTS if fact.amount)


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
    Measure("quota", "quota", False, "whole", "quota of the whole period"),
    Measure("quota_cells", "quota", True, "whole", "monthly quotas that are set"),
    Measure("costed", "costed", False, "period", "credited sales whose cost is known"),
    Measure("cost", "cost", False, "period", "their cost"),
    Measure("won_amount", "won", False, "period", "amount of deals won"),
    Measure("won_deals", "won", True, "period", "deals won, by close date"),
    Measure("won_blank", "won_blank", True, "period", "deals won without an amount"),
    Measure("lost_deals", "lost", True, "period", "deals lost, by close date"),
    Measure("cycle_days", "cycle", False, "period", "days from creation to close of deals won"),
    Measure("cycle_deals", "cycle", True, "period", "deals won whose creation date is known"),
    Measure("open_amount", "pipeline", False, "stock", "amount of open deals"),
    Measure("open_deals", "pipeline", True, "stock", "open deals"),
    Measure("open_blank", "pipeline_blank", True, "stock", "open deals without an amount"),
    Measure("due_amount", "pipeline", False, "stock_due", "amount of open deals that are to close in the period"),
    Measure("due_deals", "pipeline", True, "stock_due", "open deals that are to close in the period"),
    Measure("past_due_amount", "past_due", False, "stock_due", "of those, the amount whose close date has passed"),
    Measure("past_due_deals", "past_due", True, "stock_due", "of those, the deals whose close date has passed"),
)
MEASURES = {measure.name: measure for measure in _MEASURES}


class Kpi(NamedTuple):
    """A KPI: numerator over denominator, so that a group pools both and never averages percentages."""

    id: str
    title: str
    unit: Unit
    numerator: Formula
    denominator: Formula | None
    n: Formula
    note: str
    """How to read it."""
    rising: bool
    """Whether more is better."""
    lacking: str
    """Why there is no value, where there is none."""
    needs: Formula | None
    """What must hold, beside a denominator, for it to have a value."""


def _kpi(
    key: str,
    title: str,
    unit: Unit,
    numerator: str,
    denominator: str,
    n: str,
    lacking: str,
    note: str,
    *,
    rising: bool = True,
    needs: str = "",
) -> Kpi:
    over = parse(denominator, MEASURES) if denominator else None
    condition = parse(needs, MEASURES) if needs else None
    return Kpi(key, title, unit, parse(numerator, MEASURES), over, parse(n, MEASURES), note, rising, lacking, condition)


_KPIS = (
    _kpi(
        "bookings", "Bookings", "amount", "bookings", "", "orders", "nothing booked", "Credited sales by booking date."
    ),
    _kpi(
        "attainment",
        "Quota attainment",
        "ratio",
        "bookings",
        "quota",
        "orders",
        "no quota is set",
        "Bookings so far over the whole period's quota; judged against pace.",
    ),
    _kpi(
        "win_rate",
        "Win rate",
        "ratio",
        "won_deals",
        "won_deals + lost_deals",
        "won_deals + lost_deals",
        "no deal was closed",
        "Deals won over deals closed, by close date; open deals are left out.",
    ),
    _kpi(
        "average_deal",
        "Average deal",
        "amount",
        "won_amount",
        "won_deals - won_blank",
        "won_deals - won_blank",
        "no deal with an amount was won",
        "Amount won over deals won; deals without an amount are left out.",
    ),
    _kpi(
        "sales_cycle",
        "Sales cycle",
        "days",
        "cycle_days",
        "cycle_deals",
        "cycle_deals",
        "no deal was won",
        "Days from creation to close, deals won only.",
        rising=False,
    ),
    _kpi(
        "open_pipeline",
        "Open pipeline",
        "amount",
        "open_amount",
        "",
        "open_deals",
        "no open deal has an amount",
        "Amount of the deals open on that day, whenever they are to close.",
        needs="open_deals > open_blank or open_deals == 0",
    ),
    _kpi(
        "coverage",
        "Pipeline coverage",
        "times",
        "due_amount - past_due_amount",
        "quota - bookings",
        "due_deals - past_due_deals",
        "no quota is set",
        "Open deals still to close in the period over the quota still to book.",
    ),
    _kpi(
        "growth",
        "Growth",
        "ratio",
        "bookings - bookings_year_ago",
        "bookings_year_ago",
        "orders",
        "nothing was booked a year ago",
        "Bookings against the same days a year ago.",
    ),
    _kpi(
        "gross_margin",
        "Gross margin",
        "ratio",
        "costed - cost",
        "costed",
        "orders",
        "no cost is known",
        "What remains of bookings after the cost of what was sold, where that cost is known.",
    ),
)
KPIS = {kpi.id: kpi for kpi in _KPIS}
