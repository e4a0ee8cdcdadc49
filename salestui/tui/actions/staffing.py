"""What can be done on the team's page, on a person's and with ramps; and closing months."""

from salestui.tui.actions.action import Action, Need

TEAM = "team"
PERSON = "person"
RAMPS = "ramps"

_VACANT = Need("vacant", "Somebody sits there: L lets them leave the seat first.")
_HELD = Need("held", "Nobody sits there.")
_A_SEAT = Need("seat", "There is no seat here.")
_SEATED = Need("seated", "They sit in no seat now or later: g o goes to the team, where o seats them.")
_RAMPED = Need("ramped", "They follow no ramp.")
_RELIEVED = Need("relieved", "They have no relief that goes on.")
_A_RAMP = Need("a ramp", "There is no ramp here: a adds one.")
_UNUSED = Need("unused", "Somebody follows this ramp, or did: x on their pages takes them off it.")


def _team(name: str, key: str, command: str, title: str, sentence: str, hint: str, needs: Need | None) -> Action:
    return Action(f"team.{name}", (key,), title, sentence, "Team", name, TEAM, needs, hint, command=command)


def _person(name: str, key: str, command: str, title: str, sentence: str, hint: str, needs: Need) -> Action:
    return Action(f"person.{name}", (key,), title, sentence, "A person", name, PERSON, needs, hint, command=command)


def _ramp(name: str, key: str, command: str, title: str, sentence: str, hint: str, needs: Need | None) -> Action:
    return Action(f"ramps.{name}", (key,), title, sentence, "Ramps", name, RAMPS, needs, hint, command=command)


ACTIONS = (
    Action(
        "people.ramps",
        ("g r",),
        "Ramps",
        "Go to the ramps, by which the quotas of new people grow.",
        "Getting around",
        "go('ramps')",
        command="ramps",
    ),
    _team(
        "fill",
        "o",
        "fill",
        "Seat somebody",
        "Seat somebody in the vacant seat, known or new, from a day on, on a ramp or none.",
        "seat",
        _VACANT,
    ),
    _team(
        "open_seat",
        "a",
        "open-seat",
        "Open a seat",
        "Open a seat from a day on: what it is called, under whom, a seller's or a manager's.",
        "add",
        None,
    ),
    _team(
        "leave_seat",
        "L",
        "leave",
        "Leave the seat",
        "Let somebody leave the seat with a day, and the company too if you say so.",
        "leave",
        _HELD,
    ),
    _team(
        "close_seat",
        "X",
        "close-seat",
        "Close the seat",
        "Close the vacant seat after a day; one that begins later is taken back.",
        "",
        _A_SEAT,
    ),
    _person(
        "ramp",
        "r",
        "ramp",
        "Put on a ramp",
        "Put them on a ramp from the day on that they joined: one by name, or typed as 0 25 50 75 100.",
        "ramp",
        _SEATED,
    ),
    _person("unramp", "x", "no-ramp", "Take off the ramp", "Take them off the ramp that they follow.", "", _RAMPED),
    _person(
        "relieve",
        "a",
        "relieve",
        "Grant a relief",
        "Relieve them of a share or an amount of quota for some days, with the reason and who approved it.",
        "relief",
        _SEATED,
    ),
    _person(
        "end_relief",
        "e",
        "end-relief",
        "End a relief",
        "End a relief early; before its first day it is taken back.",
        "",
        _RELIEVED,
    ),
    _person(
        "leave_seat",
        "L",
        "leave",
        "Leave the seat",
        "Let them leave the seat with a day, and the company too if you say so.",
        "leave",
        _SEATED,
    ),
    _ramp("add", "a", "add", "Add a ramp", "Add a ramp: its name, and per cent by month in the role.", "add", None),
    _ramp(
        "edit", "e", "edit", "Change the shares", "Change the shares; all who follow it have the new.", "edit", _A_RAMP
    ),
    _ramp("rename", "T", "rename", "Rename", "Give the ramp another name.", "", _A_RAMP),
    _ramp("drop", "X", "drop", "Drop the ramp", "Drop the ramp that nobody follows; undo brings it back.", "", _UNUSED),
    Action(
        "general.close_months",
        (),
        "Close months",
        "Close the months up to one that is over: what they hold stays as it is, and undo does not cross it.",
        "Doing things",
        "close_months",
        command="close",
        argument="MONTH",
        completes="period",
    ),
    Action(
        "general.reopen_months",
        (),
        "Open months again",
        "Open a closed month and those after it again, with a reason.",
        "Doing things",
        "reopen_months",
        command="reopen",
        argument="MONTH",
        completes="period",
    ),
)
