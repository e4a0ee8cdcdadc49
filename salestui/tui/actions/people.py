"""What can be done in People, and getting there."""

from salestui.tui.actions.action import Action

ACTIONS = (
    Action(
        "people.show",
        ("3",),
        "People",
        "Go to People: the organisation, and those who work in it.",
        "Getting around",
        "umbrella('people')",
        command="people",
    ),
    Action(
        "people.team",
        ("g o",),
        "Team",
        "Go to the team: who sits where, since when, and how they stand against quota.",
        "Getting around",
        "go('team')",
        command="team",
    ),
)
