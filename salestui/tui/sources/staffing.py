"""Seats, ramps and reliefs, each changed as one that undo takes back; and closing months."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from salestui.model.values import show
from salestui.model.values.period import LATEST
from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source

if TYPE_CHECKING:
    from salestui.people.seating import FillSeat, LeaveSeat, OpenSeat
    from salestui.people.seats import KnownPerson, SeatView
    from salestui.planning.adjusted import Held, RampView, ReliefView
    from salestui.planning.adjustments import GrantRelief


class Staffed(NamedTuple):
    """The seats that are there now or later, everybody, and the ramps."""

    seats: "tuple[SeatView, ...]"
    people: "tuple[KnownPerson, ...]"
    ramps: "tuple[RampView, ...]"


class StaffingSource(Source):
    """Seats, ramps and reliefs."""

    def staffed(self, view: View) -> Staffed:
        """What is asked from when somebody is seated or a seat opened."""
        from salestui.people.seats import read_people, read_seats
        from salestui.planning.adjusted import read_ramps

        with self._opened(view, view.as_of) as at:
            return Staffed(read_seats(at.reader, view.as_of), read_people(at.reader), read_ramps(at.reader))

    def ramps(self, view: View) -> "tuple[RampView, ...]":
        """All ramps."""
        from salestui.planning.adjusted import read_ramps

        with self._opened(view, view.as_of) as at:
            return read_ramps(at.reader)

    def put_on_ramp(
        self, who: "KnownPerson", stay: "Held", text: str, ramps: "Sequence[RampView]", joined: date
    ) -> str:
        """Put somebody on a ramp, which may be a new one."""
        from salestui.planning.adjustments import AssignRamp, assign_ramp
        from salestui.planning.ramping import ramp_by

        with self._changing(f"Put {who.name} on the ramp {text} from {joined} on") as begun:
            ramp, name = ramp_by(begun, text, ramps)
            assign_ramp(begun, AssignRamp(who.id, stay.seat, ramp, joined))
        return f"{who.name} follows the ramp {name} from {joined} on."

    def take_off_ramp(self, who: "KnownPerson", stay: "Held") -> str:
        """Take somebody off the ramp."""
        from salestui.planning.adjustments import AssignRamp, assign_ramp

        with self._changing(f"Take {who.name} off the ramp {stay.ramp}") as begun:
            assign_ramp(begun, AssignRamp(who.id, stay.seat, None, stay.joined or stay.start))
        return f"{who.name} follows no ramp any more. u puts them back on it."

    def relieve(self, who: "KnownPerson", command: "GrantRelief") -> str:
        """Grant a relief."""
        from salestui.planning.adjusted import relieved_of
        from salestui.planning.adjustments import grant_relief

        until = "on" if command.valid_to == LATEST else f"to {command.valid_to}"
        told = f"{who.name} of {relieved_of(command.share, command.amount)} from {command.valid_from} {until}"
        with self._changing(f"Relieve {told}") as begun:
            grant_relief(begun, command)
        return f"Relieved: {told}."

    def end_relief(self, who: "KnownPerson", relief: "ReliefView", last: date) -> str:
        """End a relief, or take it back."""
        from salestui.planning.adjustments import EndRelief, end_relief

        with self._changing(f"End the relief of {who.name} with {last}") as begun:
            end_relief(begun, EndRelief(relief.id, relief.version, last))
        return f"Taken back: the relief of {who.name}." if last < relief.start else f"The relief ends on {last}."

    def fill_seat(self, title: str, command: "FillSeat", ramp: str, ramps: "Sequence[RampView]") -> str:
        """Seat somebody, on a ramp where one is named."""
        from salestui.people.seating import fill_seat
        from salestui.planning.adjustments import AssignRamp, assign_ramp
        from salestui.planning.ramping import ramp_by

        start = command.valid_from
        with self._changing(f"Seat {command.name} in {title} from {start} on") as begun:
            who, _ = fill_seat(begun, command)
            if ramp:
                chosen, _ = ramp_by(begun, ramp, ramps)
                assign_ramp(begun, AssignRamp(who, command.seat, chosen, start))
        return f"{command.name}{'' if command.person else ', new,'} sits in {title} from {start} on."

    def leave_seat(self, name: str, title: str, command: "LeaveSeat") -> str:
        """Let somebody leave."""
        from salestui.people.seating import leave_seat

        what = "the company" if command.leaves_company else title
        with self._changing(f"{name} leaves {what} on {command.last}") as begun:
            leave_seat(begun, command)
        return f"{name} leaves {what} on {command.last}."

    def open_seat(self, command: "OpenSeat") -> str:
        """Open a seat."""
        from salestui.people.seating import open_seat

        with self._changing(f"Open the seat {command.title} from {command.valid_from} on") as begun:
            open_seat(begun, command)
        return f"{command.title} is there from {command.valid_from} on, vacant."

    def close_seat(self, view: View, seat: int, last: date) -> str:
        """Close a seat, or take a planned one back."""
        from salestui.people.seating import CloseSeat, close_seat
        from salestui.people.seats import named_seat

        found = named_seat(str(seat), self.staffed(view).seats)
        with self._changing(f"Close the seat {found.title} after {last}") as begun:
            left = close_seat(begun, CloseSeat(found.id, found.version, last))
        rest = f" Its quotas after that stay in the plan: {show.money(left, 'full')}." if left.units else ""
        return f"{found.title} is closed after {last}.{rest}"

    def keep_ramp(self, name: str, shares: "Sequence[str]", ramp: "RampView | None" = None) -> str:
        """Keep a ramp, new or changed."""
        from salestui.planning.adjusted import percents_of
        from salestui.planning.adjustments import SetRamp, set_ramp

        command = SetRamp(name, tuple(shares))
        if ramp is not None:
            command = SetRamp(name, tuple(shares), ramp.id, ramp.version)
        with self._changing(f"Set the ramp {name.strip()} to {percents_of(shares)}") as begun:
            set_ramp(begun, command)
        return f"{name.strip()}: {percents_of(shares)}."

    def drop_ramp(self, ramp: "RampView") -> str:
        """Drop a ramp that nobody follows."""
        from salestui.planning.adjustments import DropRamp, drop_ramp

        with self._changing(f"Drop the ramp {ramp.name}") as begun:
            drop_ramp(begun, DropRamp(ramp.id, ramp.version))
        return f"Dropped: {ramp.name}. u brings it back."

    def close_months(self, label: str, today: date) -> str:
        """Close the months up to the one of that name."""
        from salestui.metrics.closing import close_months, company_of

        with self._changing(f"Close the months up to {label}") as begun:
            month = company_of(begun).calendar.parse(label, today)
            through = close_months(begun, month, today)
        return f"Closed: the months up to {through}. :reopen opens them again."

    def reopen_months(self, label: str, today: date, reason: str) -> str:
        """Open the month of that name and those after it again."""
        from salestui.metrics.closing import company_of, reopen_months

        with self._changing(f"Open the months from {label} on again") as begun:
            month = company_of(begun).calendar.parse(label, today)
            first = reopen_months(begun, month, reason)
        return f"Open again: what is from {first} on."
