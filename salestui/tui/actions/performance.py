"""What can be done in Performance, and getting there."""

from salestui.tui.actions.action import Action, Need

KPI_BOARD = "kpis"
DEALS = "deals"
PIPELINE = "pipeline"
DEAL = "deal"

A_FILTER = Need("filter", "Nothing is filtered.")
AN_ACCOUNT = Need("account", "This deal is with no account.")
BOOKED_TWICE = Need("twice", "This deal is not booked both here and by an import.")
AN_OWNER = Need("owner", "Nobody owns this deal.")
SOMETHING_THERE = Need("deal", "The deal could not be read.")


def _pipeline(name: str, key: str, title: str, sentence: str, hint: str = "", needs: Need | None = None) -> Action:
    return Action(f"pipeline.{name}", (key,), title, sentence, "Pipeline", name, PIPELINE, needs, hint)


def _deal(name: str, key: str, title: str, sentence: str, hint: str = "", needs: Need = SOMETHING_THERE) -> Action:
    return Action(f"deal.{name}", (key,), title, sentence, "A deal", name, DEAL, needs, hint)


ACTIONS = (
    Action(
        "performance.show",
        ("4",),
        "Performance",
        "Go to Performance: key figures of the scope and of everyone in it.",
        "Getting around",
        "umbrella('performance')",
        command="performance",
    ),
    Action(
        "performance.kpi",
        (),
        "Key figures",
        "Go to the key figures; with a name, to those of that team or person.",
        "Getting around",
        "kpi",
        command="kpi",
        argument="NAME",
        completes="scope",
    ),
    Action(
        "performance.board",
        ("g k",),
        "KPIs",
        "Go to the KPI board: every team and person with their key figures.",
        "Getting around",
        "go('performance')",
    ),
    Action(
        "performance.pipeline",
        ("g p",),
        "Pipeline",
        "Go to the pipeline: the open deals, what they are worth, and which need a look.",
        "Getting around",
        "go('pipeline')",
        command="pipeline",
    ),
    _pipeline("due", "d", "Past due", "Show only deals past their close date; again, all.", "past due"),
    _pipeline("closing", "c", "Closing this period", "Show only deals to close in the period; again, all.", "closing"),
    _pipeline("stage", "t", "One stage", "Show only the deals of a stage.", "stage"),
    _pipeline("owner", "o", "One owner", "Show only the deals of somebody.", "owner"),
    _pipeline("larger", "m", "Larger than", "Show only deals of more than an amount.", "more than"),
    _pipeline("idle", "i", "Not moved", "Show only deals that moved to no other stage for 14 days; again, all."),
    _pipeline("omitted", "z", "With omitted ones", "Show deals that the forecast leaves out too; again, not."),
    _pipeline("everything", "x", "All again", "Take all filters away.", "all", A_FILTER),
    _deal("edit", "e", "Change", "Choose what to change: the stage, the amount or the close date.", "change"),
    _deal("stage", "t", "Stage", "Move the deal into another stage.", "stage"),
    _deal("amount", "a", "Amount", "Change the amount: type 450k, 1.2m, +5% or -10k.", "amount"),
    _deal("close_date", "c", "Close date", "Change the close date: type a day, or +14d.", "close date"),
    _deal(
        "drop_booking",
        "b",
        "Drop the second booking",
        "Drop the booking made here, the imported one stays.",
        needs=BOOKED_TWICE,
    ),
    _deal("account", "o", "Account", "Open the account's page.", "account", AN_ACCOUNT),
    _deal("owner", "w", "Owner", "Open the owner's page.", needs=AN_OWNER),
)
