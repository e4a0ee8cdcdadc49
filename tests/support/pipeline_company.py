"""A small company with a pipeline, for tests of deals: four stages, two sellers, an account, imported deals."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Engine

from salestui.model.tables.ledger import PlanRate
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Person
from salestui.model.tables.pipeline import Opportunity, Stage, StageChange
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate
from tests.support.companies import Builder, building, id_of

TODAY = date(2026, 5, 20)


class PipelineCompany(NamedTuple):
    """The rows that tests speak of."""

    discovery: Stage
    proposal: Stage
    parked: Stage
    won: Stage
    lost: Stage
    ana: Person
    bo: Person
    acme: Account
    deal: Opportunity
    """Ana's, of 1,000, to close on 30 June, in discovery since 1 April."""
    unpriced: Opportunity
    """Bo's, without an amount."""
    imported: Opportunity
    """Won, and its sale with it, by an import."""


def build_pipeline(company: Builder) -> PipelineCompany:
    """Put it together."""
    top = company.seat("VP Sales", team="Sales")
    seats = [company.seat(f"Seller {n}", top) for n in (1, 2)]
    kim, ana, bo = (company.person(name) for name in ("Kim", "Ana [b]", "Bo"))
    company.sits(kim, top, ("2025-01-01", "9999-12-31"))
    company.sits(ana, seats[0], ("2025-01-01", "9999-12-31"))
    company.sits(bo, seats[1], ("2025-06-01", "9999-12-31"))
    stages = [
        company.add(Stage(name=name, position=n, category=category, outcome=outcome, probability=Rate(share)))
        for n, (name, category, outcome, share) in enumerate(
            (
                ("Discovery", "pipeline", "open", "0.3"),
                ("Proposal", "best_case", "open", "0.5"),
                ("Parked", "omitted", "open", "0.05"),
                ("Won", "closed", "won", "1"),
                ("Lost", "omitted", "lost", "0"),
            )
        )
    ]
    discovery, proposal, parked, won, lost = stages
    acme = company.add(Account(name="Acme [/]", owner_id=ana.id, created_on=date(2024, 1, 1)))
    company.add(PlanRate(fiscal_year=2026, currency="EUR", rate=Rate("1.1")))

    def deal(name: str, stage: Stage, owner: Person, amount: int | None, close: str, key: str) -> Opportunity:
        worth = None if amount is None else Amount(amount)
        made = company.add(
            Opportunity(
                name=name,
                account_id=acme.id,
                owner_id=owner.id,
                stage_id=id_of(stage),
                outcome=stage.outcome,
                type="new",
                amount=worth,
                reporting_amount=worth,
                currency="USD",
                created_on=date(2026, 3, 1),
                close_on=date.fromisoformat(close),
                source="crm",
                source_id=key,
            )
        )
        entered = date(2026, 4, 1)
        company.add(StageChange(opportunity_id=id_of(made), stage_id=id_of(stage), entered_on=entered))
        return made

    first = deal("Renewal", discovery, ana, 1000, "2026-06-30", "D1")
    unpriced = deal("Pilot", proposal, bo, None, "2026-05-01", "D2")
    imported = deal("Rollout", won, ana, 400, "2026-04-20", "D3")
    sale = company.sale(400, "2026-04-20", (ana, seats[0], "primary", 400))
    sale.opportunity_id, sale.account_id, sale.source, sale.source_id = imported.id, acme.id, "crm", "V1"
    for seat in seats:
        for month in ("2026-04-01", "2026-05-01", "2026-06-01"):
            company.quota(seat, month, 500)
    return PipelineCompany(discovery, proposal, parked, won, lost, ana, bo, acme, first, unpriced, imported)


def built(engine: Engine) -> PipelineCompany:
    """The company in a database."""
    with building(engine) as company:
        return build_pipeline(company)
