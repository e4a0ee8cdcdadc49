"""What can be done in Performance, and getting there."""

from salestui.tui.actions.action import Action

KPI_BOARD = "kpis"
DEALS = "deals"

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
)
