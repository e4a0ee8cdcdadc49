"""What can be done on the team's page, on a person's and with ramps; and closing months."""

from salestui.tui.actions.action import Action, Group, Need

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

_TEAM, _PERSON, _RAMPS = Group(TEAM, "Team"), Group(PERSON, "A person"), Group(RAMPS, "Ramps")


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
    _TEAM.action(
        "fill",
        "o",
        "Seat somebody",
        "Seat somebody in the vacant seat, known or new, from a day on, on a ramp or none.",
        hint="seat",
        needs=_VACANT,
    ),
    _TEAM.action(
        "open_seat",
        "a",
        "Open a seat",
        "Open a seat from a day on: what it is called, under whom, a seller's or a manager's.",
        hint="add",
        command="open-seat",
    ),
    _TEAM.action(
        "leave_seat",
        "L",
        "Leave the seat",
        "Let somebody leave the seat with a day, and the company too if you say so.",
        hint="leave",
        needs=_HELD,
        command="leave",
    ),
    _TEAM.action(
        "close_seat",
        "X",
        "Close the seat",
        "Close the vacant seat after a day; one that begins later is taken back.",
        needs=_A_SEAT,
        command="close-seat",
    ),
    _PERSON.action(
        "ramp",
        "r",
        "Put on a ramp",
        "Put them on a ramp from the day on that they joined: one by name, or typed as 0 25 50 75 100.",
        hint="ramp",
        needs=_SEATED,
    ),
    _PERSON.action(
        "unramp", "x", "Take off the ramp", "Take them off the ramp that they follow.", needs=_RAMPED, command="no-ramp"
    ),
    _PERSON.action(
        "relieve",
        "a",
        "Grant a relief",
        "Relieve them of a share or an amount of quota for some days, with the reason and who approved it.",
        hint="relief",
        needs=_SEATED,
    ),
    _PERSON.action(
        "end_relief",
        "e",
        "End a relief",
        "End a relief early; before its first day it is taken back.",
        needs=_RELIEVED,
        command="end-relief",
    ),
    _PERSON.action(
        "leave_seat",
        "L",
        "Leave the seat",
        "Let them leave the seat with a day, and the company too if you say so.",
        hint="leave",
        needs=_SEATED,
        command="leave",
    ),
    _RAMPS.action("add", "a", "Add a ramp", "Add a ramp: its name, and per cent by month in the role.", hint="add"),
    _RAMPS.action(
        "edit",
        "e",
        "Change the shares",
        "Change the shares; all who follow it have the new.",
        hint="edit",
        needs=_A_RAMP,
    ),
    _RAMPS.action("rename", "T", "Rename", "Give the ramp another name.", needs=_A_RAMP),
    _RAMPS.action(
        "drop", "X", "Drop the ramp", "Drop the ramp that nobody follows; undo brings it back.", needs=_UNUSED
    ),
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
