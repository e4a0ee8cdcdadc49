"""What can be done with the versions of a year's quotas, and where two of them are compared."""

from salestui.tui.actions.action import Action, Group, Need

VERSIONS = "versions"
COMPARISON = "comparison"
_GROUP = "Versions of quotas"
_A_STEP_LEFT = Need("a step left", "It is in force already, or was superseded: B begins a new version.")
_HANDED_IN = Need("handed in", "Only what is submitted or approved can be returned.")
_A_DRAFT = Need("draft", "Only a draft can be thrown away.")
_NONE_OPEN = Need("none open", "A version is under way already: publish it, or throw it away.")
_TWO = Need("two", "There is no other version yet.")

_VERSIONS = Group(VERSIONS, _GROUP)


ACTIONS = (
    Action(
        "planning.versions",
        ("g v",),
        "Versions",
        "Go to the versions of the year's quotas: their states, who, when and why.",
        "Getting around",
        "go('versions')",
        command="versions",
    ),
    _VERSIONS.action(
        "advance",
        "a",
        "Next step",
        "Submit, approve or publish the version under the cursor.",
        hint="next step",
        needs=_A_STEP_LEFT,
    ),
    _VERSIONS.action(
        "return",
        "r",
        "Return",
        "Give what was submitted or approved back to be a draft again.",
        hint="return",
        needs=_HANDED_IN,
        does="give_back",
    ),
    _VERSIONS.action(
        "compare",
        "c",
        "Compare",
        "Compare the version under the cursor with another, side by side.",
        hint="compare",
        needs=_TWO,
    ),
    _VERSIONS.action(
        "begin",
        "B",
        "Begin a version",
        "Begin a new version of this year's quotas as a draft.",
        hint="new version",
        needs=_NONE_OPEN,
    ),
    _VERSIONS.action(
        "discard",
        "X",
        "Throw away",
        "Throw a draft away, and all that is in it; undo brings it back.",
        hint="throw away",
        needs=_A_DRAFT,
        does="throw_away",
        command="throw-away",
    ),
    Action(
        "comparison.all",
        ("d",),
        "All or differences",
        "Show all seats, or again only those that differ.",
        _GROUP,
        "all_seats",
        COMPARISON,
        hint="all/differences",
    ),
    Action(
        "comparison.months",
        ("m",),
        "Months or quarters",
        "Show the months, or again only quarters and the year.",
        _GROUP,
        "months",
        COMPARISON,
        hint="months/quarters",
    ),
)
