"""What is done to a person from their page: ramps, reliefs, and leaving the seat."""

from collections.abc import Callable, Sequence
from datetime import date

from salestui.model.values.day_entry import entered_day
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import LATEST
from salestui.people.seats import KnownPerson
from salestui.planning.adjusted import Held, ReliefView, joined_on, relief_of
from salestui.tui.actions.action import Need
from salestui.tui.screens.staffing_acts import USUAL_RAMP, StaffingActs, short
from salestui.tui.sources.people import PersonReading

_USUAL_RELIEF = "50%"


class PersonActs(StaffingActs[PersonReading]):
    """A page about a person who is looked at as `_shown`."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: PersonReading | None = None

    def meets(self, need: Need) -> bool:
        """Whether they sit somewhere, follow a ramp, or have a relief that goes on."""
        if self._shown is None:
            return False
        adjusted = self._shown.adjusted
        return {
            "seated": bool(adjusted.stays),
            "ramped": bool(adjusted.follows()),
            "relieved": bool(self._going_on(self._shown)),
        }[need.name]

    def _going_on(self, reading: PersonReading) -> list[ReliefView]:
        return [each for each in reading.adjusted.reliefs if each.end > self.shell.view.as_of]

    def _with_stay(self, stays: Sequence[Held], then: Callable[[PersonReading, KnownPerson, Held], None]) -> None:
        """Do something about the stay of the day, else the next one; one of several is asked for."""
        reading = self._shown
        if reading is None or not stays:
            return
        on, who = self.shell.view.as_of, KnownPerson(reading.person.id, reading.person.name)
        meant = [stay for stay in stays if stay.start <= on] or list(stays[:1])
        choices = [(f"{stay.title} #{stay.seat}", stay) for stay in meant]
        self._ask_which("in which seat", choices, lambda stay: then(reading, who, stay))

    def action_ramp(self) -> None:
        """Ask for a ramp and the day of joining."""
        if self._shown is not None:
            self._with_stay(self._shown.adjusted.stays, self._ramp)

    def _ramp(self, reading: PersonReading, who: KnownPerson, stay: Held) -> None:
        ramps = reading.adjusted.ramps
        usual = stay.ramp or (ramps[0].name if ramps else USUAL_RAMP)
        day = stay.joined or joined_on(stay, reading.person.hired_on or self.shell.view.as_of)

        def named(text: str) -> None:
            def joined(on: date) -> None:
                self._change(lambda: self._staffing.put_on_ramp(who, stay, text, ramps, on))

            self._ask_day(f"{short(who.name)} joined on", day, joined)

        self._ask_ramp(f"ramp of {short(who.name)}", usual, ramps, named)

    def action_unramp(self) -> None:
        """Take them off the ramp."""

        def off(_: PersonReading, who: KnownPerson, stay: Held) -> None:
            self.confirm(
                f"Take {short(who.name)} off the ramp {short(stay.ramp or '')}?",
                lambda: self._change(lambda: self._staffing.take_off_ramp(who, stay)),
            )

        if self._shown is not None:
            self._with_stay(self._shown.adjusted.follows(), off)

    def action_relieve(self) -> None:
        """Ask of what, from when to when, why, and who approved it."""
        if self._shown is not None:
            self._with_stay(self._shown.adjusted.stays, self._relieve)

    def _relieve(self, reading: PersonReading, who: KnownPerson, stay: Held) -> None:
        from salestui.planning.adjustments import GrantRelief

        above = next((each.name for each in reading.person.line if each.name), "")
        month_of = self.shell.company.calendar.month_of

        def what(text: str) -> None:
            share, amount = relief_of(text or _USUAL_RELIEF)

            def start(first: date) -> None:
                def end(last: date) -> None:
                    def because(reason: str) -> None:
                        _said(reason, "A relief needs its reason", "such as leave, or a territory given away")

                        def by(name: str) -> None:
                            approver = _said(name or above, "A relief needs an approver", "who approved it")

                            def lowers(team: bool) -> None:
                                command = GrantRelief(
                                    who.id, stay.seat, first, last, reason.strip(), approver, share, amount, team
                                )
                                self._change(lambda: self._staffing.relieve(who, command))

                            self._ask_whether("does the team's number fall too?", True, lowers)

                        self.ask(f" approved by [{short(above)}]: ", by)

                    self.ask(" why: ", because)

                self._ask_end(first, month_of(first).end, share is not None, end)

            self._ask_day("from", max(self.shell.view.as_of, stay.start), start)

        self.ask(f" {short(who.name)} is relieved of a share, or an amount [{_USUAL_RELIEF}]: ", what)

    def _ask_end(self, first: date, usual: date, may_be_open: bool, then: Callable[[date], None]) -> None:
        """Ask for the last day; of a share there may be none."""

        def answered(text: str) -> None:
            day = entered_day(text.strip() or usual.isoformat(), usual, self.shell.view.as_of)
            if day is None and not may_be_open:
                raise UsageProblem("An amount is spread over the days of the relief", expected="the last of them")
            if day is not None and day < first:
                raise UsageProblem(f"It ends on {day}, before it begins", expected=f"a day from {first} on")
            then(LATEST if day is None else day)

        self.ask(f" to{', - for no end' if may_be_open else ''} [{usual}]: ", answered)

    def action_end_relief(self) -> None:
        """Ask which, and its last day."""
        reading = self._shown
        if reading is None or not (going_on := self._going_on(reading)):
            return
        who = KnownPerson(reading.person.id, reading.person.name)

        def chosen(relief: ReliefView) -> None:
            def ending(last: date) -> None:
                self._change(lambda: self._staffing.end_relief(who, relief, last))

            self._ask_day(f"last day of the relief from {relief.start}", self.shell.view.as_of, ending)

        self._ask_which("which relief", [(each.label, each) for each in going_on], chosen)

    def action_leave_seat(self) -> None:
        """Ask for the last day."""

        def leaving(_: PersonReading, who: KnownPerson, stay: Held) -> None:
            self._ask_leaving(who.name, stay.title, who.id, stay.seat)

        if self._shown is not None:
            self._with_stay(self._shown.adjusted.stays, leaving)


def _said(text: str, missing: str, expected: str) -> str:
    if not text.strip():
        raise UsageProblem(missing, expected=expected)
    return text.strip()
