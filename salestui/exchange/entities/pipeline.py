"""Rules for the pipeline: stages, plan rates, opportunities and their way through the stages."""

from datetime import date
from typing import Any

from salestui.exchange.loading import MODELS, Loading
from salestui.exchange.mapping_file import is_currency
from salestui.exchange.shape import Record
from salestui.exchange.trouble import Fault, quoted
from salestui.model.tables.ledger import PlanRate
from salestui.model.tables.market import Product
from salestui.model.tables.pipeline import Opportunity, Stage, StageChange
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate

_NONE, _ALL = Rate(0), Rate(1)


def plan_rates(loading: Loading) -> None:
    """Plan rates to the company's currency."""
    for record in loading.take("plan_rate"):
        values = loading.columns(record, ["fiscal_year", "currency", "rate"])
        if not is_currency(values["currency"]):
            loading.refuse(record, "currency", _not_a_currency(values["currency"]))
        if values["rate"] <= _NONE:
            loading.refuse(record, "rate", Fault(f"A rate of {values['rate']} is none", "a rate above 0"))
        loading.put(record, PlanRate, f"{values['fiscal_year']}|{values['currency']}", values)


def stages(loading: Loading) -> None:
    """Stages of the sales process."""
    for record in loading.take("stage"):
        values = loading.columns(record, ["name", "position", "probability", "category", "outcome"])
        probability = values.get("probability")
        if probability is not None and not _NONE <= probability <= _ALL:
            loading.refuse(record, "probability", Fault(f"{probability} is no probability", "a share from 0 to 1"))
        loading.put(record, Stage, record.values["id"], values)


def opportunities(loading: Loading) -> None:
    """Opportunities; their outcome is their stage's, and closed ones have the day they closed."""
    table, stage_rows = loading.table(Opportunity), loading.table(Stage).by_id
    for record in loading.take("opportunity"):
        values = loading.columns(
            record,
            ["name", "type", "amount", "created_on", "close_on", "lost_reason"],
            ["account", "owner", "product", "stage"],
        )
        if "source" in record.values:
            values["origin"] = record.values["source"]
        if values["stage_id"] is not None:
            values["outcome"] = stage_rows[values["stage_id"]]["outcome"]
            if values["outcome"] != "open" and values.get("close_on") is None:
                fault = Fault(f"A {values['outcome']} deal needs the day it closed", "a close date")
                loading.refuse(record, "close_on", fault)
        line(loading, record, values)
        dated = values.get("close_on") or values.get("created_on")
        in_company_currency(loading, record, values, dated, {"amount": "reporting_amount"})
        values.pop("rate", None)
        kept = table.by_key.get(record.values["id"])
        if "amount" not in values and kept is not None:
            values.pop("reporting_amount", None)
        loading.put(record, Opportunity, record.values["id"], values)


def stage_changes(loading: Loading) -> None:
    """The days on which opportunities entered stages."""
    touched = set()
    for record in loading.take("stage_change"):
        values = loading.columns(record, ["entered_on"], ["opportunity", "stage"])
        key = f"{record.values['opportunity']}|{record.values['stage']}|{record.values['entered_on']}"
        if loading.put(record, StageChange, key, values) is not None:
            touched.add(values["opportunity_id"])
    loading.table(StageChange).drop_stale("opportunity_id", touched)


def line(loading: Loading, record: Record, values: dict[str, Any]) -> None:
    """Set the product line: as the record has it, else its product's."""
    if record.values.get("line") is not None:
        values["line_id"] = loading.refer(record, "line")
    elif "product" in record.values:
        product = values.get("product_id")
        values["line_id"] = None if product is None else loading.table(Product).by_id[product]["line_id"]


def in_company_currency(
    loading: Loading, record: Record, values: dict[str, Any], day: date | None, columns: dict[str, str]
) -> None:
    """Set currency, rate and the amounts in the company's currency; a missing rate refuses the record."""
    kept = None if "currency" in record.values else loading.table(MODELS[record.entity]).by_key.get(record.values["id"])
    currency = record.values.get("currency") or (loading.company.currency if kept is None else kept["currency"])
    values["currency"] = currency
    if not is_currency(currency):
        loading.refuse(record, "currency", _not_a_currency(currency))
        return
    values |= dict.fromkeys(columns.values())
    if all(values.get(column) is None for column in columns):
        return
    rate = loading.rates.rate(currency, day)
    if isinstance(rate, Fault):
        loading.refuse(record, "currency", rate)
        return
    values["rate"] = rate
    for column, reporting in columns.items():
        amount: Amount | None = values.get(column)
        try:
            values[reporting] = amount if amount is None or rate == _ALL else amount.scaled(rate)
        except ValueError:
            loading.refuse(record, column, Fault(f"{amount} is too large in {loading.company.currency}"))


def _not_a_currency(text: str) -> Fault:
    return Fault(f"{quoted(text)} is not a currency", "a code of three capital letters, such as EUR")
