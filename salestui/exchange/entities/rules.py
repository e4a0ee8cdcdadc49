"""All rules, in the order in which kinds of records are taken in: what is referred to comes first."""

from collections.abc import Callable
from typing import Any

from salestui.exchange.compare import Counts
from salestui.exchange.entities import ledger, market, organisation, pipeline, quotas, staffing
from salestui.exchange.loading import Loading
from salestui.model.tables.base import Sourced
from salestui.model.tables.ledger import Credit, PlanRate, Sale
from salestui.model.tables.market import Account, Product, ProductLine
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat, Territory, TerritoryAssignment
from salestui.model.tables.pipeline import Opportunity, Stage, StageChange
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.tables.staffing import Ramp, Ramping, Relief, TargetPay

RULES: tuple[Callable[[Loading], Any], ...] = (
    organisation.territories,
    organisation.people,
    organisation.seats,
    organisation.reporting,
    organisation.occupancies,
    organisation.assignments,
    market.product_lines,
    market.products,
    market.accounts,
    pipeline.plan_rates,
    pipeline.stages,
    pipeline.opportunities,
    pipeline.stage_changes,
    ledger.sales,
    staffing.ramps,
    staffing.rampings,
    staffing.reliefs,
    staffing.pay,
    quotas.quotas,
)

KINDS: dict[type[Sourced], str] = {
    Territory: "territory",
    Person: "person",
    Seat: "seat",
    Reporting: "reporting",
    Occupancy: "occupancy",
    TerritoryAssignment: "assignment",
    ProductLine: "product_line",
    Product: "product",
    Account: "account",
    PlanRate: "plan_rate",
    Stage: "stage",
    Opportunity: "opportunity",
    StageChange: "stage_change",
    Sale: "sale",
    Credit: "credit",
    Ramp: "ramp",
    Ramping: "ramping",
    Relief: "relief",
    TargetPay: "target_pay",
    QuotaPlan: "quota_plan",
    QuotaCell: "quota",
}
"""What the rows of each table are in a report."""


def counts(loading: Loading) -> dict[str, Counts]:
    """What happens to each kind of record, those of which nothing is known left out."""
    found = {}
    for model, entity in KINDS.items():
        refused = len(loading.trouble.rows.get(entity, ()))
        table = loading.plan.tables.get(model)
        touched = table is not None and (table.seen or table.deletes)
        if refused or touched or loading.has(entity):
            each = loading.table(model).counts()
            each.refused = refused
            found[entity] = each
    return found
