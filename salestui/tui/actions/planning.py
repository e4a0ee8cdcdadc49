"""What can be done in Planning, and getting there."""

from salestui.tui.actions.action import Action

ACTIONS = (
    Action(
        "planning.show",
        ("2",),
        "Planning",
        "Go to Planning: objectives, quotas, forecasts and what they rest on.",
        "Getting around",
        "umbrella('planning')",
        command="planning",
    ),
)
