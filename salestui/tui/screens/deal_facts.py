"""What is known about a deal, in lines at the top of its page."""

from datetime import date

from salestui.model.values import show
from salestui.performance.deal import DealView, StageView
from salestui.tui.screens.parts import Fact, fact_rows
from salestui.tui.widgets.lines import Row, Span


def stage_words(stage: StageView) -> str:
    """What a stage means: how likely it is won, and how the forecast takes it."""
    if stage.outcome != "open":
        return stage.outcome
    share = "" if stage.probability is None else f"{show.percent(stage.probability.decimal)} · "
    return f"{share}{stage.category.replace('_', ' ')}"


def iso(day: date | None) -> str:
    """A day, or that it is not known."""
    return show.NOTHING if day is None else day.isoformat()


def fact_lines(deal: DealView, on: date, width: int) -> list[Row]:
    """What is known about a deal, and below it where a value here differs from the imported one."""
    late = deal.is_open and deal.close_on is not None and deal.close_on < on
    closes = "Closes" if deal.is_open else "Closed"
    amount = f"{show.money(deal.amount, 'full')} {deal.currency}"
    if deal.worth is not None and deal.worth != deal.amount:
        amount += f" ({show.money(deal.worth)})"
    facts = [
        Fact("Account", deal.account),
        Fact("Owner", deal.owner),
        Fact("Amount", None if deal.amount is None else amount, "strong"),
        Fact("Stage", f"{deal.stage.name} · {stage_words(deal.stage)}", "strong"),
        Fact(closes, iso(deal.close_on) + (" ! past due" if late else ""), "warn" if late else "strong"),
        Fact("Created", _created(deal, on)),
        Fact("Product", deal.product or deal.line),
        Fact("Type", deal.type),
        Fact("Source", deal.origin),
    ]
    if deal.lost_reason is not None:
        facts.append(Fact("Lost by", deal.lost_reason))
    rows: list[Row] = [(Span(f" {deal.name}", "strong"),), *fact_rows(facts, width)]
    if deal.booked_twice:
        rows.append((Span(" ! Booked here and by an import as well. ", "bad"), Span(" b ", "key"), Span("drops ours")))
    for each in deal.differing:
        rows.append((Span(" ≠ ", "warn"), Span(f"{each.what}: {each.here} here, {each.imported} imported")))
    return rows


def _created(deal: DealView, on: date) -> str | None:
    if deal.created_on is None:
        return None
    until = on if deal.is_open or deal.close_on is None else deal.close_on
    return f"{deal.created_on.isoformat()} · {show.days(max((until - deal.created_on).days, 0))}"
