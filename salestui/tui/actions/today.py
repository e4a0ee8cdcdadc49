"""What can be done in Today, and getting there."""

from salestui.tui.actions.action import Action

TODAY = "today"

ACTIONS = (
    Action(
        "today.show",
        ("1",),
        "Today",
        "Go to Today: how the period stands, and what needs you.",
        "Getting around",
        "go('today')",
        command="today",
    ),
    Action(
        "today.need",
        tuple(f"g {number}" for number in range(1, 9)),
        "Go to what needs you",
        "Open that line of the list of what needs you.",
        "Today",
        "need",
        context=TODAY,
        command="need",
        argument="NUMBER",
        numbered=True,
    ),
)
