"""What bears on the quotas of seats beside the quotas: who holds them, ramps, reliefs, changes of manager."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from salestui.metrics.effective import Climb, Holder, Relieved, Terms, climb
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import LATEST
from salestui.model.values.rate import Rate
from salestui.store.quick import Reader, as_date

_DAY = timedelta(days=1)


class Relieving(NamedTuple):
    """A relief as it bears on a month: the share or the amount it was granted as, and what it takes."""

    id: int
    share: Rate | None
    granted: Amount | None
    taken: Amount
    reason: str
    approver: str
    lowers_team: bool


class QuotaTerms:
    """What bears on the quotas of some seats."""

    def __init__(self, reader: Reader, calendar: FiscalCalendar, seats: Iterable[int] | None) -> None:
        """`seats` are those asked for, None for all there are."""
        # Ids are whole numbers of the database's own, so they may stand in the text of a query.
        among = "IS NOT NULL" if seats is None else f"IN ({', '.join(map(str, sorted(seats))) or 'NULL'})"
        self._holders: dict[int, list[Holder]] = {}
        self._climbs: dict[int, list[Climb]] = {}
        self._reliefs: dict[int, list[Relieved]] = {}
        self._seams: dict[int, set[date]] = {}
        self._granted: dict[int, tuple[Rate | None, Amount | None, str, str, bool]] = {}
        self.names: Mapping[int, str] = dict(
            reader.rows(
                "SELECT DISTINCT p.id, p.name FROM occupancy o JOIN person p ON p.id = o.person_id"
                f" WHERE o.seat_id {among}"
            )
        )
        # Who truly sat where when: unlike the derived seats of people, a vacant seat's days belong to nobody.
        for seat, person, start, end in reader.rows(
            f"SELECT seat_id, person_id, valid_from, valid_to FROM occupancy WHERE seat_id {among}"
        ):
            self._holders.setdefault(seat, []).append(Holder(person, as_date(start), as_date(end)))
        for seat, person, joined, shares in reader.rows(
            "SELECT g.seat_id, g.person_id, g.starts_on, CAST(r.shares AS TEXT) FROM ramping g"
            f" JOIN ramp r ON r.id = g.ramp_id WHERE g.seat_id {among} ORDER BY g.id"
        ):
            ramp = climb(calendar, person, as_date(joined), [Fraction(share) for share in json.loads(shares)])
            self._climbs.setdefault(seat, []).append(ramp)
        for seat, *relief in reader.rows(
            "SELECT seat_id, id, person_id, valid_from, valid_to, share, amount, lowers_team, reason, approver"
            f" FROM relief WHERE seat_id {among}"
        ):
            self._reliefs.setdefault(seat, []).append(self._relief(*relief))
        for seat, start, end in reader.rows(
            f"SELECT descendant_id, valid_from, valid_to FROM line_closure WHERE depth > 0 AND descendant_id {among}"
        ):
            until = as_date(end)
            self._seams.setdefault(seat, set()).update(
                {as_date(start)} if until == LATEST else {as_date(start), until + _DAY}
            )

    def _relief(
        self,
        key: int,
        person: int,
        start: Any,
        end: Any,
        share: int | None,
        amount: int | None,
        lowers_team: Any,
        reason: str,
        approver: str,
    ) -> Relieved:
        of = None if share is None else Rate.from_units(share)
        granted = None if amount is None else Amount.from_units(amount)
        self._granted[key] = of, granted, reason, approver, bool(lowers_team)
        exact = None if of is None else Fraction(of.decimal)
        return Relieved(key, person, as_date(start), as_date(end), exact, granted, bool(lowers_team))

    def of(self, seat: int) -> Terms:
        """What bears on a seat's quotas."""
        return Terms(
            self._holders.get(seat, ()),
            self._seams.get(seat, ()),
            self._climbs.get(seat, ()),
            self._reliefs.get(seat, ()),
        )

    def relieving(self, relief: int, taken: Amount) -> Relieving:
        """What a relief takes of a month, with what it was granted for."""
        share, granted, reason, approver, lowers_team = self._granted[relief]
        return Relieving(relief, share, granted, taken, reason, approver, lowers_team)
