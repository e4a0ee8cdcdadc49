"""What can be done with what stands beside quotas: targets, figures from below, and a number's own page."""

from salestui.tui.actions.action import Action, Need
from salestui.tui.actions.planning import QUOTAS

_GROUP = "Beside quotas"
_A_DRAFT = Need("draft", "Only a draft can be changed: B begins a new version, g v returns one that was handed in.")
_A_PLAN = Need("plan", "There is no plan for this year yet: B begins one.")


def _beside(
    name: str, key: str, does: str, title: str, sentence: str, needs: Need, command: str, hint: str = ""
) -> Action:
    return Action(f"beside.{name}", (key,), title, sentence, _GROUP, does, QUOTAS, needs, hint=hint, command=command)


ACTIONS = (
    _beside(
        *("details", "i", "details", "All about a number"),
        "Open what is under the cursor: target, figures, locks, how it becomes effective, and who changed it.",
        *(_A_PLAN, "details", "details"),
    ),
    _beside(
        *("target", "T", "target", "Target"),
        "Set a target of a team's own for the month, quarter or year under the cursor; an empty one takes it away.",
        *(_A_DRAFT, "target", "target"),
    ),
    _beside(
        *("columns", "c", "beside", "Target beside the year"),
        "Show the year's targets and what of them is yet to assign beside the year, or put them away.",
        *(_A_PLAN, "targets"),
    ),
    _beside(
        *("hand in", "H", "hand_in", "Hand in"),
        "Hand in figures for a seat, with a note: they are its quotas then, and hold while the rest is spread.",
        *(_A_DRAFT, "hand-in"),
    ),
    _beside(
        *("withdraw", "W", "withdraw", "Withdraw"),
        "Take back what a seat handed in for what is under the cursor; the quotas stay, and hold no more.",
        *(_A_DRAFT, "withdraw"),
    ),
    _beside(
        *("submissions", "b", "submissions", "Submissions"),
        "List who has handed in what, beside the quotas, and who has not yet.",
        *(_A_PLAN, "submissions"),
    ),
)
