"""The columns of deals on the pages of people and accounts."""

from salestui.model.values import show
from salestui.performance.closed import ClosedDeal
from salestui.performance.pipeline import OpenDeal
from salestui.tui.widgets.grid.list_model import Field
from salestui.tui.widgets.grid.model import Tone

IDLE = "~"
LATE = "!"


def late_tone(deal: OpenDeal) -> Tone:
    """What is past its close date stands out."""
    return "warn" if deal.late else "normal"


def close_date(title: str = "Close") -> Field[OpenDeal]:
    """When it is to close, marked where that has passed."""
    return Field("close_on", title, kind="date", tone=late_tone, mark=lambda deal: LATE if deal.late else " ", width=10)


def days_in_stage() -> Field[OpenDeal]:
    """How long it is in its stage, marked where it is idle."""
    return Field(
        "in_stage",
        "In stage",
        kind="number",
        mark=lambda deal: IDLE if deal.idle else " ",
    )


def open_fields(*, with_account: bool) -> tuple[Field[OpenDeal], ...]:
    """Open deals: of a person with the account, of an account with the owner."""
    who: Field[OpenDeal] = Field("account", "Account", width=18) if with_account else Field("owner", "Owner", width=18)
    return (
        close_date(),
        Field("worth", "Amount", kind="number", value=lambda deal: deal.amount, show=lambda a: show.money(a, "full")),
        Field("name", "Deal", width=18),
        who,
        Field("stage", "Stage", width=11),
        days_in_stage(),
    )


def closed_fields(*, with_account: bool) -> tuple[Field[ClosedDeal], ...]:
    """Closed deals: of a person with the account, of an account with the owner."""
    who: Field[ClosedDeal] = (
        Field("account", "Account", width=18) if with_account else Field("owner", "Owner", width=18)
    )
    return (
        Field("close_on", "Closed", kind="date", width=10),
        Field("amount", "Amount", kind="number", show=lambda amount: show.money(amount, "full")),
        Field("name", "Deal", width=18),
        who,
        Field("stage", "Stage", width=11, tone=lambda deal: "good" if deal.outcome == "won" else "normal"),
    )
