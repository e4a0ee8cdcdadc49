"""The lines that one screen alone asks for: each by the keys that lead there, and by what becomes of a text."""

from collections.abc import Callable, Iterator, Mapping, Set
from random import Random
from typing import NamedTuple

from tests.campaigns.fuzz import Fault, examine, type_into
from tests.terminal.pty_driver import Terminal

Kept = Callable[[str], Set[str]]
"""The lines of text that a query finds in the app's database."""


class Spot(NamedTuple):
    """A line that is asked for.

    `keys` lead there from any screen, and `asks` stands on the screen then. Where a text is taken once `then` is
    pressed, `kept` is the query that finds it, and `seen` leads from there to where it is shown; `MARK` stands for the
    beginning of the text. Keys are pressed at once up to a `|`, where the app rests before the others.
    """

    keys: str
    asks: str
    then: str = ""
    kept: str = ""
    seen: str = ""
    is_shown: bool = True
    """Whether there is a screen that shows the text."""
    is_pasted: bool = False
    """Whether it can only be pasted: keys would act."""


MARK = "MARK"
_PATIENCE_SECONDS = 10.0
_FIND = f"/ {MARK} enter"
_EDITS = "Esc leave"
_WHY = "SELECT reason FROM change"
_QUOTAS = "g q|ctrl+home home "
_SEAT = f"{_QUOTAS} down down down down "
_ADD = "g b|a contribution enter "
_TEAM = "g o|ctrl+home "
_VACANT = f"{_TEAM} / vacant enter "
_SELLER = f"{_TEAM} / h108. enter "
_PERSON = f"{_SELLER} enter|"
_SEASON = "SELECT name FROM season_profile"
_RAMP = "SELECT name FROM ramp"
_EVEN = "8,8,9,8,8,9,8,8,9,8,8,9 enter"
_DEAL = "g p|x ctrl+home enter|"
_CLOSE = ":close space 2025-01 enter "

_QUOTA_SPOTS = {
    "a target": Spot(f"{_QUOTAS} T", "Target of"),
    "a goal": Spot(f"{_QUOTAS} t", "goal:"),
    "a goal's bound": Spot(f"{_QUOTAS} t +1 enter", "may change"),
    "a way to spread": Spot(f"{_QUOTAS} a", "how?"),
    "a sum to spread": Spot(f"{_QUOTAS} a|enter", "in all:"),
    "a quota": Spot(f"{_SEAT} right enter", _EDITS),
    "a quota as a formula": Spot(f"{_SEAT} right =", _EDITS),
    "a paste over quotas": Spot(f"{_SEAT} right", "Quotas", is_pasted=True),
    "a figure to hand in": Spot(f"{_SEAT} H|down enter", "handed in:"),
    "a note on figures": Spot(f"{_SEAT} H|enter", "note (", "", "SELECT note FROM quota_submission", f"b|{_FIND}"),
    "why quotas are locked": Spot(f"{_QUOTAS} L", "because:", "", "SELECT reason FROM quota_lock", "i"),
    "a version to compare with": Spot("g v|c", "Compare"),
    "why a version is submitted": Spot("g v|a", "Submit", "", _WHY),
    "why a version is returned": Spot("g v|r", "Return", "", _WHY),
    "why a version is approved": Spot("g v|a enter|a", "Approve", "", _WHY),
    "why a version is published": Spot("g v|a", "Publish", "", _WHY),
}
_PLAN_SPOTS = {
    "an objective's kind": Spot("g b|a", "what kind"),
    "an objective's scope": Spot(_ADD, "Whose objective"),
    "an objective's period": Spot(f"{_ADD} enter", "of when"),
    "an objective's target": Spot(f"{_ADD} enter enter", "target ("),
    "an objective's reason": Spot(f"{_ADD} enter enter 5m enter", "why:", "", "SELECT reason FROM objective"),
    "another target": Spot("g b|e", _EDITS),
    "another target on the page": Spot("g b|home enter|e", "target of"),
    "why an objective is submitted": Spot("g b|home M", ", why:", "", "SELECT reason FROM objective", "enter"),
    "why an objective is returned": Spot("g b|home T", ", why:", "", "SELECT reason FROM objective", "enter"),
    "why an objective is approved": Spot("g b|home M x enter|A", ", why:", "", "SELECT reason FROM objective", "enter"),
    "why an objective has a new version": Spot("g b|home B", ", why:", "", "SELECT reason FROM objective", "enter"),
    "a season's weight": Spot("g s|ctrl+home right right enter", _EDITS),
    "a season's name": Spot("g s|a", "profile called", _EVEN, _SEASON, _FIND),
    "a season's weights": Spot("g s|a x enter", "twelve weights"),
    "whose season": Spot("g s|m", "the season of"),
    "a season's years": Spot("g s|m enter", "over how many"),
    "a measured season's name": Spot("g s|m enter enter", "called [", "", _SEASON, _FIND),
    "a season's other name": Spot("g s|T", "called:", "", _SEASON, _FIND),
    "whether a season is dropped": Spot("g s|X", "y/n"),
    "a ramp's name": Spot("g r|a", "ramp called", "enter", _RAMP, _FIND),
    "a ramp's shares": Spot("g r|a x enter", "per cent by month"),
    "a ramp's other shares": Spot("g r|e", "per cent by month of"),
    "a ramp's other name": Spot("g r|T", "called:", "", _RAMP, _FIND),
}
_PEOPLE_SPOTS = {
    "a seat's title": Spot(f"{_TEAM} a", "title of", "enter enter enter", "SELECT title FROM seat", _FIND),
    "whom a seat is under": Spot(f"{_TEAM} a enter", "under whom"),
    "from when a seat is there": Spot(f"{_TEAM} a enter enter", "there from"),
    "a seat's kind": Spot(f"{_TEAM} a enter enter enter", "seller or manager"),
    "a team's name": Spot(f"{_TEAM} a enter enter enter manager enter", "its team", "", "SELECT team FROM seat", _FIND),
    "who is seated": Spot(f"{_VACANT} o", "who sits in", "enter enter", "SELECT name FROM person", _FIND),
    "from when somebody is seated": Spot(f"{_VACANT} o x enter", "begins on"),
    "on which ramp": Spot(f"{_VACANT} o x enter enter", "on which ramp"),
    "a seat's last day": Spot(f"{_VACANT} X", "last day of"),
    "the last day in a seat": Spot(f"{_SELLER} L", "last day of"),
    "whether the company is left": Spot(f"{_SELLER} L enter", "y/n"),
    "a person's ramp": Spot(f"{_PERSON} r", "ramp of"),
    "the day of joining": Spot(f"{_PERSON} r enter", "joined on"),
    "what somebody is relieved of": Spot(f"{_PERSON} a", "is relieved of"),
    "a relief's first day": Spot(f"{_PERSON} a enter", "from ["),
    "a relief's last day": Spot(f"{_PERSON} a enter enter", "to,"),
    "a relief's reason": Spot(f"{_PERSON} a enter enter enter", "why:", "enter enter", "SELECT reason FROM relief"),
    "a relief's approver": Spot(
        f"{_PERSON} a 20% enter enter enter x enter",
        "approved by [",
        "enter",
        "SELECT approver FROM relief",
        is_shown=False,
    ),
    "whom a relief lowers": Spot(f"{_PERSON} a 20% enter enter enter x enter enter", "y/n"),
    "which relief ends": Spot(f"{_PERSON} e", "which relief"),
    "a relief's end": Spot(f"{_PERSON} e enter", "last day of the relief"),
}
_DEAL_SPOTS = {
    "deals to show": Spot("g p|x f", "show only rows"),
    "how large deals are": Spot("g p|x m", "more than"),
    "a deal's amount": Spot(f"{_DEAL} a", "amount ("),
    "a deal's close date": Spot(f"{_DEAL} c", "close date ("),
    "a deal's stage": Spot(f"{_DEAL} t", "Into which stage"),
    "why a deal was lost": Spot(
        f"{_DEAL} t|lost enter", "why was it lost", "", "SELECT lost_reason FROM opportunity", is_shown=False
    ),
    "months to close": Spot(":close enter", "close the months"),
    "whether months are closed": Spot(_CLOSE, "y/n"),
    "months to open": Spot(":reopen enter", "open the months"),
    "why months are opened": Spot(f"{_CLOSE} y enter|:reopen space 2025-01 enter", "why:", "", _WHY, is_shown=False),
}
SPOTS: Mapping[str, Mapping[str, Spot]] = {
    "quotas": _QUOTA_SPOTS,
    "plans": _PLAN_SPOTS,
    "people": _PEOPLE_SPOTS,
    "deals": _DEAL_SPOTS,
}
"""Every line that is asked for, in an order in which each finds what it needs. A new one joins here."""


def type_into_spots(
    terminal: Terminal, spots: Mapping[str, Spot], texts: Iterator[str], chance: Random, kept: Kept
) -> int:
    """Type or paste a text into every spot, and see what becomes of it; answers how many were taken. Else Fault.

    It begins where there is an objective, a season and no draft of quotas: with one.
    """
    _press(terminal, "g q|B")
    return sum(_try(terminal, name, spot, next(texts), chance, kept) for name, spot in spots.items())


def _try(terminal: Terminal, name: str, spot: Spot, text: str, chance: Random, kept: Kept) -> bool:
    """Whether the text was taken."""
    _press(terminal, spot.keys)
    terminal.wait_for(spot.asks, _PATIENCE_SECONDS)
    is_pasted = spot.is_pasted or chance.random() < 0.5
    lead = () if spot.is_pasted or spot.keys.endswith("=") else ("ctrl+u",)
    given = type_into(terminal, lead, text, pasted=is_pasted)
    terminal.press_and_rest("enter")
    taken = bool(spot.kept) and spot.asks not in terminal.text
    if taken:
        _press(terminal, spot.then)
        wanted = " ".join((given if is_pasted else "".join(filter(str.isprintable, given))).split())
        if wanted not in kept(spot.kept):
            raise Fault(f"{name}: {wanted!r} is not kept as it was given:\n{terminal.text}")
        mark = text[: text.index(".") + 1]
        _press(terminal, spot.seen.replace(MARK, mark))
        if spot.is_shown:
            terminal.wait_for(mark, _PATIENCE_SECONDS)
    terminal.press_and_rest("escape", "escape", "escape")
    examine(terminal, name)
    return taken


def _press(terminal: Terminal, keys: str) -> None:
    for burst in keys.split("|") if keys else ():
        terminal.press_and_rest(*burst.split())
