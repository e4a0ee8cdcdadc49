"""What is done to seats from the team's page: filled, left, opened, closed."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

from salestui.model.values.errors import UsageProblem
from salestui.people.roster import RosterRow
from salestui.people.seats import KnownPerson, SeatView, kept_name, named_person, named_seat
from salestui.tui import commands
from salestui.tui.actions.action import Need
from salestui.tui.screens.on_a_table import RowPage
from salestui.tui.screens.staffing_acts import NO_RAMP, StaffingActs, short
from salestui.tui.sources.staffing import Staffed

_KINDS = ("seller", "manager")


class TeamActs(StaffingActs[tuple[RosterRow, ...]], RowPage[tuple[RosterRow, ...]]):
    """A page on which a seat is in view."""

    @property
    def in_view(self) -> RosterRow | None:
        """The seat that is acted on, and who sits there."""
        raise NotImplementedError

    def leading(self, row: RosterRow) -> int | None:
        """The seat that leads the team in which a row stands, or that the row itself is."""
        raise NotImplementedError

    def meets(self, need: Need) -> bool:
        """Whether there is a seat in view, and whether somebody sits there."""
        row = self.in_view
        if row is None:
            return False
        return need.name == "seat" or row.is_vacant == (need.name == "vacant")

    async def action_fill(self) -> None:
        """Ask who, from when, and on which ramp."""
        row = self.in_view
        if row is None or not row.is_vacant:
            return
        known = await asyncio.to_thread(self._staffing.staffed, self.shell.view)
        names = list(dict.fromkeys(each.name for each in known.people))

        def answered(text: str) -> None:
            if not text.strip():
                raise UsageProblem("Somebody sits there, or nobody", expected="a name, of somebody known or new")
            name = " ".join(text.split())
            who = named_person(name, known.people)
            if who is None:
                kept_name(name, "Somebody new", "name")
            seat = None if who is None else _seat_of(who, known.seats)
            if who is None or seat is None:
                self._ask_start(row, known, name, who, moves=False)
                return
            told = f"{short(name)} sits in {short(seat.title)} #{seat.id}: do they leave it?"
            self.confirm(told, lambda: self._ask_start(row, known, name, who, moves=True))

        self.ask(f" who sits in {short(row.title)}, known or new: ", answered, typed=lambda t: _some(t, names))

    def _ask_start(self, row: RosterRow, known: Staffed, name: str, who: KnownPerson | None, *, moves: bool) -> None:
        from salestui.people.seating import FillSeat

        told = f"{short(name)} begins on" if who is not None else f"{short(name)}, who is new, begins on"

        def start(first: date) -> None:
            person = None if who is None else who.id
            command = FillSeat(row.seat, first, person, name if who is None else who.name, move=moves)

            def ramped(ramp: str) -> None:
                self._change(lambda: self._staffing.fill_seat(row.title, command, ramp, known.ramps))

            self._ask_ramp("on which ramp", NO_RAMP, known.ramps, ramped)

        self._ask_day(told, row.planned or self.shell.view.as_of, start)

    def action_leave_seat(self) -> None:
        """Ask for the last day."""
        row = self.in_view
        if row is not None and row.person is not None:
            self._ask_leaving(row.name or "", row.title, row.person, row.seat)

    def action_close_seat(self) -> None:
        """Ask for its last day."""
        row, view = self.in_view, self.shell.view
        if row is None:
            return
        month = self.shell.company.calendar.month_of(view.as_of)
        usual = row.planned - timedelta(days=1) if row.planned else month.end
        lead = f"take {short(row.title)} back: last day" if row.planned else f"last day of {short(row.title)}"
        self._ask_day(lead, usual, lambda last: self._change(lambda: self._staffing.close_seat(view, row.seat, last)))

    async def action_open_seat(self) -> None:
        """Ask for a title, under whom, from when, and whether it leads."""
        row = self.in_view
        known = await asyncio.to_thread(self._staffing.staffed, self.shell.view)
        usual = row.title if row is not None and not row.leads else "Account Executive"
        titles = list(dict.fromkeys(seat.title for seat in known.seats))

        def answered(text: str) -> None:
            title = kept_name(text or usual, "A seat", "title")
            self._ask_under(title, known, None if row is None else self.leading(row))

        self.ask(f" title of the seat [{short(usual)}]: ", answered, typed=lambda text: _some(text, titles))

    def _ask_under(self, title: str, known: Staffed, leading: int | None) -> None:
        usual = next((seat for seat in known.seats if seat.id == leading), None)
        if usual is None and not known.seats:
            self._ask_first_day(title, None)
            return
        labels = [seat.label for seat in known.seats]
        told = "nobody" if usual is None else " and ".join(usual.holders) or usual.title

        def answered(text: str) -> None:
            chosen = usual if not text.strip() else None
            if text.strip() and text.strip().casefold() != "nobody":
                chosen = named_seat(text, known.seats)
            self._ask_first_day(title, None if chosen is None else chosen.id)

        self.ask(f" under whom, or nobody [{short(told)}]: ", answered, typed=lambda text: _some(text, labels))

    def _ask_first_day(self, title: str, under: int | None) -> None:
        from salestui.people.seating import OpenSeat

        month = self.shell.company.calendar.month_of(self.shell.view.as_of)

        def first(day: date) -> None:
            def of_kind(text: str) -> None:
                kind = next((kind for kind in _KINDS if kind.startswith(text.strip().casefold())), None)
                if kind is None:
                    raise UsageProblem(f"“{short(text)}” is no kind of seat", expected="seller or manager")
                if kind == "manager":
                    self.ask(" its team is called, or nothing: ", lambda team: save(kind, team))
                else:
                    save(kind, "")

            def save(kind: str, team: str) -> None:
                command = OpenSeat(title, under, day, kind, team.strip() or None)
                self._change(lambda: self._staffing.open_seat(command))

            self.ask(" seller or manager [seller]: ", of_kind, typed=lambda text: commands.matching(text, _KINDS))

        self._ask_day("there from", month.end + timedelta(days=1), first)


def _seat_of(who: KnownPerson, seats: Sequence[SeatView]) -> SeatView | None:
    """The seat that somebody sits in."""
    return next((seat for seat in seats if who.name in seat.holders), None)


def _some(text: str, choices: Sequence[str]) -> Sequence[str]:
    """What completes a text, once there is one."""
    return commands.matching(text, choices) if text.strip() else ()
