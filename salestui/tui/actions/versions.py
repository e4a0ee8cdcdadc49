"""What can be done with the versions of a year's quotas, and where two of them are compared."""

from salestui.tui.actions.action import Action, Need

VERSIONS = "versions"
COMPARISON = "comparison"
_GROUP = "Versions of quotas"
_A_STEP_LEFT = Need("a step left", "It is in force already, or was superseded: B begins a new version.")
_HANDED_IN = Need("handed in", "Only what is submitted or approved can be returned.")
_A_DRAFT = Need("draft", "Only a draft can be thrown away.")
_NONE_OPEN = Need("none open", "A version is under way already: publish it, or throw it away.")
_TWO = Need("two", "There is no other version yet.")


def _versions(
    name: str, key: str, does: str, title: str, sentence: str, hint: str, needs: Need, command: str
) -> Action:
    return Action(
        f"versions.{name}", (key,), title, sentence, _GROUP, does, VERSIONS, needs, hint=hint, command=command
    )


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
    _versions(
        *("advance", "a", "advance", "Next step", "Submit, approve or publish the version under the cursor."),
        *("next step", _A_STEP_LEFT, "advance"),
    ),
    _versions(
        *("return", "r", "give_back", "Return", "Give what was submitted or approved back to be a draft again."),
        *("return", _HANDED_IN, "return"),
    ),
    _versions(
        *("compare", "c", "compare", "Compare", "Compare the version under the cursor with another, side by side."),
        *("compare", _TWO, "compare"),
    ),
    _versions(
        *("begin", "B", "begin", "Begin a version", "Begin a new version of this year's quotas as a draft."),
        *("new version", _NONE_OPEN, "begin"),
    ),
    _versions(
        *(
            "discard",
            "X",
            "throw_away",
            "Throw away",
            "Throw a draft away, and all that is in it; undo brings it back.",
        ),
        *("throw away", _A_DRAFT, "throw-away"),
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
