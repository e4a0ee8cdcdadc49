"""What can be done with objectives and seasonal profiles, and getting there."""

from salestui.tui.actions.action import Action, Group, Need

OBJECTIVES = "objectives"
OBJECTIVE = "objective"
SEASONS = "seasons"

_A_DRAFT = Need("draft", "Only a draft can be changed or submitted: B begins a new version.")
_SUBMITTED = Need("submitted", "Only what is submitted is approved or returned.")
_IN_FORCE = Need("approved", "Only what is approved is changed by a new version.")
_TO_COMPUTE = Need("to compute", "There is no forecast to compute for these objectives.")
_COMPUTING = Need("computing", "Nothing is being computed.")
_A_PROFILE = Need("profile", "There is no profile here.")
_A_CHOICE = Need("profiles", "There is no seasonal profile yet: g s measures or takes one.")
_TYPED = Need("pending", "Nothing is typed that is not saved.")

_BOTH = (Group(OBJECTIVES, "Objectives"), Group(OBJECTIVE, "An objective"))
_SEASONS = Group(SEASONS, "Seasons")


def _of_both(name: str, key: str, title: str, sentence: str, needs: Need, hint: str = "") -> tuple[Action, ...]:
    """An action on the objective under the cursor, and on its page."""
    return tuple(group.action(name, key, title, sentence, hint, needs) for group in _BOTH)


ACTIONS = (
    Action(
        "planning.objectives",
        ("g b",),
        "Objectives",
        "Go to the objectives of the period's fiscal year; with a word, do that there.",
        "Getting around",
        "objectives",
        command="objectives",
        argument="add|submit|approve",
    ),
    Action(
        "planning.seasons",
        ("g s",),
        "Seasons",
        "Go to the seasonal profiles, which spread a year over its months.",
        "Getting around",
        "go('seasons')",
        command="seasons",
    ),
    Action(
        "objectives.add",
        ("a",),
        "Add an objective",
        "Add an objective, as a draft: its kind, whose it is, the period, the target and why.",
        "Objectives",
        "add",
        OBJECTIVES,
        hint="add",
        command="add",
    ),
    *_of_both(
        "edit",
        "e",
        "Change the target",
        "Change a draft's target: type 12.5m, +5% or =ly*1.12; of a growth 12%.",
        _A_DRAFT,
        "change",
    ),
    *_of_both("submit", "M", "Submit", "Hand the draft in to be approved; undo ends there.", _A_DRAFT, "submit"),
    *_of_both("approve", "A", "Approve", "Put what is submitted into force; undo ends there.", _SUBMITTED, "approve"),
    *_of_both("return", "T", "Return", "Return what is submitted: it is a draft again.", _SUBMITTED),
    *_of_both(
        "version",
        "B",
        "Begin a version",
        "Begin a new version of what is approved, as a draft to change.",
        _IN_FORCE,
        "new version",
    ),
    *_of_both("drop", "X", "Drop the draft", "Drop the draft; undo brings it back.", _A_DRAFT),
    Action(
        "objectives.compute",
        ("c",),
        "Compute forecasts",
        "Compute the forecasts of those who have an objective, as Planning › Forecast does.",
        "Objectives",
        "compute",
        OBJECTIVES,
        _TO_COMPUTE,
        "forecast",
    ),
    Action(
        "objectives.stop",
        ("x",),
        "Stop",
        "Stop computing forecasts.",
        "Objectives",
        "stop",
        OBJECTIVES,
        _COMPUTING,
        "stop",
    ),
    Action(
        "objective.profile",
        ("b",),
        "Choose the season",
        "Choose the seasonal profile that spreads the target over its months.",
        "An objective",
        "profile",
        OBJECTIVE,
        _A_CHOICE,
        "season",
    ),
    _SEASONS.action(
        "measure", "m", "Measure", "Measure the season of past sales, and keep it as a profile.", hint="measure"
    ),
    _SEASONS.action(
        "add", "a", "Type a profile", "Type twelve weights that sum to 100, as a new profile.", hint="type"
    ),
    _SEASONS.action(
        "save", "w", "Save", "Save the weights you typed; they must sum to exactly 100.", hint="save", needs=_TYPED
    ),
    _SEASONS.action(
        "balance",
        "b",
        "Balance",
        "Make the weights you did not type sum to 100 with those you typed, in proportion.",
        hint="balance",
        needs=_TYPED,
    ),
    _SEASONS.action("rename", "T", "Rename", "Give the profile another name.", needs=_A_PROFILE),
    _SEASONS.action("drop", "X", "Drop the profile", "Drop the profile; undo brings it back.", needs=_A_PROFILE),
)
