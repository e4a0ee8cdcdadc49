"""What can be done in Planning, and getting there."""

from salestui.tui.actions.action import Action, Need

FORECAST = "forecast"
QUOTAS = "quotas"
CONFLICTS = "conflicts"
_GROUP = "Quotas"
_TYPED = Need("pending", "Nothing is typed that is not saved.")
_TYPED_ANYWHERE = Need("typed", "Nothing is typed that is not saved.")
_A_DRAFT = Need("draft", "Only a draft is published: B begins a new version, g v takes on one that was handed in.")
_A_DRAFT_TO_TYPE = Need(
    "draft", "Only a draft can be changed: B begins a new version, g v returns one that was handed in."
)
_A_PLAN = Need("plan", "There is no plan for this year yet: B begins one.")
_NO_DRAFT = Need("no draft", "There is a draft already: type into it.", lasting=True)
_COMPUTING = Need("computing", "Nothing is being computed.")
_STOPPED = Need("stopped", "There is nothing to compute.")
_A_HISTORY = Need("history", "There are too few months with sales to show.")


def _conflicts(name: str, key: str, does: str, title: str, sentence: str) -> Action:
    return Action(f"conflicts.{name}", (key,), title, sentence, _GROUP, does, context=CONFLICTS, hint=name)


ACTIONS = (
    Action(
        "planning.show",
        ("2",),
        "Planning",
        "Go to Planning: quotas, forecasts and what they rest on; again, to its next page.",
        "Getting around",
        "umbrella('planning')",
        command="planning",
    ),
    Action(
        "planning.quotas",
        ("g q",),
        "Quotas",
        "Go to the quotas of the period's fiscal year.",
        "Getting around",
        "go('quotas')",
        command="quotas",
    ),
    Action(
        "planning.forecast",
        ("g f",),
        "Forecast",
        "Go to the forecast of bookings, and how likely the quota is.",
        "Getting around",
        "go('forecast')",
        command="forecast",
    ),
    Action(
        "planning.fairness",
        ("g e",),
        "Fairness",
        "Go to the fairness of quotas: each beside own sales, the team, pay and what was reached before.",
        "Getting around",
        "go('fairness')",
        command="fairness",
    ),
    Action(
        "forecast.table",
        ("t",),
        "Months as a table",
        "Show the months as a table, or the chart again.",
        "Forecast",
        "table",
        context=FORECAST,
        needs=_A_HISTORY,
        hint="table",
    ),
    Action(
        "forecast.form",
        ("b",),
        "Bars or line",
        "Draw the past as bars, or all of it as a line.",
        "Forecast",
        "form",
        context=FORECAST,
        needs=_A_HISTORY,
        hint="line",
    ),
    Action(
        "forecast.stop",
        ("x",),
        "Stop",
        "Stop computing the forecast.",
        "Forecast",
        "stop",
        context=FORECAST,
        needs=_COMPUTING,
        hint="stop",
    ),
    Action(
        "forecast.compute",
        ("c",),
        "Compute",
        "Compute the forecast that was stopped.",
        "Forecast",
        "compute",
        context=FORECAST,
        needs=_STOPPED,
    ),
    Action(
        "quotas.save",
        ("w", "ctrl+s"),
        "Save",
        "Save everything you typed as one change.",
        _GROUP,
        "save",
        context=QUOTAS,
        needs=_TYPED,
        hint="save",
        command="save",
    ),
    Action(
        "quotas.spread",
        ("a",),
        "Spread",
        "Spread an amount over what is marked, or over a sum: evenly, in proportion, by last year and more.",
        _GROUP,
        "spread",
        context=QUOTAS,
        needs=_A_DRAFT_TO_TYPE,
        hint="spread",
        command="spread",
    ),
    Action(
        "quotas.lock",
        ("L",),
        "Lock or unlock",
        "Lock what is marked, with a reason, so that no spread changes it; again, unlock it. It is saved at once.",
        _GROUP,
        "lock",
        context=QUOTAS,
        needs=_A_DRAFT_TO_TYPE,
        hint="lock",
        command="lock",
    ),
    Action(
        "quotas.goal",
        ("t",),
        "Seek a goal",
        "Bring a sum to an amount by changing only what is marked, none by more than you say.",
        _GROUP,
        "goal",
        context=QUOTAS,
        needs=_A_DRAFT_TO_TYPE,
        hint="goal",
        command="goal",
    ),
    Action(
        "quotas.steps",
        ("U",),
        "What was done",
        "List the steps that you typed and did not save, and what was saved in this plan by whom; go back to a step.",
        _GROUP,
        "steps",
        context=QUOTAS,
        needs=_A_PLAN,
        command="steps",
    ),
    Action(
        "quotas.begin",
        ("B",),
        "Begin a version",
        "Begin a new version of this year's quotas, as a draft to type into.",
        _GROUP,
        "begin",
        context=QUOTAS,
        needs=_NO_DRAFT,
        hint="new version",
        command="begin",
    ),
    Action(
        "quotas.publish",
        (),
        "Publish",
        "Submit, approve and publish the draft: attainment is measured against it from then on.",
        _GROUP,
        "publish",
        context=QUOTAS,
        needs=_A_DRAFT,
        command="publish",
    ),
    Action(
        "quotas.discard",
        (),
        "Discard",
        "Drop everything you typed and did not save.",
        _GROUP,
        "discard",
        context=QUOTAS,
        needs=_TYPED_ANYWHERE,
        command="discard",
    ),
    _conflicts("mine", "m", "mine", "Mine stands", "Let your amount stand in this line."),
    _conflicts("theirs", "t", "theirs", "Theirs stands", "Let the other's amount stand in this line."),
    _conflicts("all mine", "M", "all_mine", "All of mine stand", "Let your amounts stand everywhere."),
    _conflicts("all theirs", "T", "all_theirs", "All of theirs stand", "Let the others' amounts stand everywhere."),
    _conflicts("save", "w", "settle", "Save as chosen", "Save your quotas with what you chose."),
)
