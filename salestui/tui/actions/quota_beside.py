"""What can be done with what stands beside quotas: targets, figures from below, and a number's own page."""

from salestui.tui.actions.action import Group, Need
from salestui.tui.actions.planning import QUOTAS

_A_DRAFT = Need("draft", "Only a draft can be changed: B begins a new version, g v returns one that was handed in.")
_A_PLAN = Need("plan", "There is no plan for this year yet: B begins one.")

_BESIDE = Group(QUOTAS, "Beside quotas", "beside")


ACTIONS = (
    _BESIDE.action(
        "details",
        "i",
        "All about a number",
        "Open what is under the cursor: target, figures, locks, how it becomes effective, and who changed it.",
        hint="details",
        needs=_A_PLAN,
    ),
    _BESIDE.action(
        "target",
        "T",
        "Target",
        "Set a target of a team's own for the month, quarter or year under the cursor; an empty one takes it away.",
        hint="target",
        needs=_A_DRAFT,
    ),
    _BESIDE.action(
        "columns",
        "c",
        "Target beside the year",
        "Show the year's targets and what of them is yet to assign beside the year, or put them away.",
        needs=_A_PLAN,
        does="beside",
        command="targets",
    ),
    _BESIDE.action(
        "hand in",
        "H",
        "Hand in",
        "Hand in figures for a seat, with a note: they are its quotas then, and hold while the rest is spread.",
        needs=_A_DRAFT,
        does="hand_in",
        command="hand-in",
    ),
    _BESIDE.action(
        "withdraw",
        "W",
        "Withdraw",
        "Take back what a seat handed in for what is under the cursor; the quotas stay, and hold no more.",
        needs=_A_DRAFT,
    ),
    _BESIDE.action(
        "submissions",
        "b",
        "Submissions",
        "List who has handed in what, beside the quotas, and who has not yet.",
        needs=_A_PLAN,
    ),
)
