"""What quotas are adjusted by, as it stands: the ramps there are, and the stays, ramps and reliefs of a person."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from salestui.metrics.adjusting import MOST_MONTHS
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.entry import amount_of
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import EARLIEST, LATEST
from salestui.model.values.rate import Rate
from salestui.model.values.text import fit, safe_line
from salestui.store.quick import Reader, as_date

_SHOWN = 40
_GAPS = re.compile(r"[\s/;]+")


class RampView(NamedTuple):
    """A ramp, and how many follow it or did."""

    id: int
    version: int
    name: str
    shares: tuple[str, ...]
    """Decimals as text by month in the role."""
    followers: int

    @property
    def percents(self) -> str:
        """The shares as people write them: `0 25 50 75 100`."""
        return percents_of(self.shares)


class Held(NamedTuple):
    """Days in a seat: `start` is `EARLIEST` where it is not known, `end` `LATEST` where it goes on."""

    seat: int
    title: str
    start: date
    end: date
    ramp: str | None
    """The name of the ramp that is followed there."""
    joined: date | None
    """Since when."""


class ReliefView(NamedTuple):
    """A relief that somebody was granted."""

    id: int
    version: int
    seat: int
    title: str
    start: date
    end: date
    share: Rate | None
    amount: Amount | None
    reason: str
    approver: str
    lowers_team: bool

    @property
    def label(self) -> str:
        """It in a line, such as `50% from 2026-03-01 to 2026-03-31: leave`."""
        end = "on" if self.end == LATEST else f"to {self.end}"
        return f"{relieved_of(self.share, self.amount)} from {self.start} {end}: {safe_line(self.reason)}"


class Adjusted(NamedTuple):
    """What can be adjusted of a person's quota, and is: the stays that go on or are to begin, and all reliefs."""

    stays: tuple[Held, ...]
    reliefs: tuple[ReliefView, ...]
    ramps: tuple[RampView, ...]
    """All there are, by name."""

    def follows(self) -> tuple[Held, ...]:
        """The stays that follow a ramp."""
        return tuple(stay for stay in self.stays if stay.ramp is not None)


def read_ramps(reader: Reader) -> tuple[RampView, ...]:
    """All ramps, by name."""
    rows = reader.rows(
        "SELECT r.id, r.version, r.name, CAST(r.shares AS TEXT),"
        " (SELECT COUNT(*) FROM ramping g WHERE g.ramp_id = r.id) FROM ramp r"
    )
    found = [RampView(key, version, name, tuple(json.loads(shares)), used) for key, version, name, shares, used in rows]
    return tuple(sorted(found, key=lambda ramp: (ramp.name.casefold(), ramp.id)))


def read_adjusted(reader: Reader, person: int, on: date) -> Adjusted:
    """The stays of a person from a day on, their reliefs, the latest first, and the ramps there are."""
    stays = tuple(
        Held(seat, title, as_date(start), as_date(end), ramp, None if joined is None else as_date(joined))
        for seat, title, start, end, ramp, joined in reader.rows(
            "SELECT o.seat_id, s.title, o.valid_from, o.valid_to, r.name, g.starts_on FROM occupancy o"
            " JOIN seat s ON s.id = o.seat_id LEFT JOIN ramping g ON g.person_id = o.person_id"
            " AND g.seat_id = o.seat_id AND g.starts_on BETWEEN o.valid_from AND o.valid_to"
            " LEFT JOIN ramp r ON r.id = g.ramp_id"
            " WHERE o.person_id = :who AND o.valid_to >= :on ORDER BY o.valid_from, o.id",
            {"who": person, "on": on},
        )
    )
    return Adjusted(stays, read_reliefs(reader, person), read_ramps(reader))


def read_reliefs(reader: Reader, person: int) -> tuple[ReliefView, ...]:
    """The reliefs of a person, the latest first."""
    rows = reader.rows(
        "SELECT f.id, f.version, f.seat_id, s.title, f.valid_from, f.valid_to, f.share, f.amount, f.reason,"
        " f.approver, f.lowers_team FROM relief f JOIN seat s ON s.id = f.seat_id WHERE f.person_id = :who"
        " ORDER BY f.valid_from DESC, f.id DESC",
        {"who": person},
    )
    return tuple(
        ReliefView(
            *(key, version, seat, title, as_date(start), as_date(end)),
            share=None if share is None else Rate.from_units(share),
            amount=None if amount is None else Amount.from_units(amount),
            reason=reason,
            approver=approver,
            lowers_team=bool(lowers),
        )
        for key, version, seat, title, start, end, share, amount, reason, approver, lowers in rows
    )


def read_relieved(reader: Reader) -> tuple[tuple[int, str], ...]:
    """Everybody who was granted a relief, by row and name, in the order of the names."""
    rows = reader.rows("SELECT DISTINCT p.id, p.name FROM person p JOIN relief f ON f.person_id = p.id")
    return tuple(sorted(((int(key), str(name)) for key, name in rows), key=lambda each: (each[1].casefold(), each[0])))


def shares_of(text: str) -> tuple[str, ...]:
    """The shares that `0 25 50 75 100` stands for, per cent of the quota by month in the role.

    Set apart by spaces or slashes, with or without a %. UsageProblem where they are none.
    """
    words = [word for word in _GAPS.split(text.strip()) if word and word != "%"]
    if not 1 <= len(words) <= MOST_MONTHS:
        raise UsageProblem(f"A ramp has {len(words)} months", expected=f"1 to {MOST_MONTHS}, such as 0 25 50 75 100")
    return tuple(_share(word) for word in words)


def percents_of(shares: Iterable[str]) -> str:
    """The shares as people write them: `0 25 50 75 100`."""
    return " ".join(f"{(Decimal(share) * 100).normalize():f}" for share in shares)


def is_shares(text: str) -> bool:
    """Whether a text is meant as shares rather than as the name of a ramp."""
    return bool(text.strip()) and all(char.isdecimal() or char in " ./;%" for char in text.strip())


def named_ramp(text: str, ramps: Sequence[RampView]) -> RampView:
    """The ramp that a name, or the beginning of one, names; UsageProblem where it names none."""
    wanted = text.strip().casefold()
    exact = [ramp for ramp in ramps if ramp.name.casefold() == wanted]
    found = exact or [ramp for ramp in ramps if wanted and ramp.name.casefold().startswith(wanted)]
    if len(found) != 1:
        names = ", ".join(safe_line(ramp.name) for ramp in ramps) or "none is known yet"
        raise UsageProblem(
            f"“{fit(safe_line(text), _SHOWN)}” is no ramp",
            expected=f"one of those there are ({fit(names, 2 * _SHOWN)}), or shares such as 0 25 50 75 100",
        )
    return found[0]


def relieved_of(share: Rate | None, amount: Amount | None) -> str:
    """What a relief takes: `50%`, or an amount."""
    return show.money(amount, "full") if share is None else f"{(share.decimal * 100).normalize():f}%"


def relief_of(text: str) -> tuple[Rate | None, Amount | None]:
    """The share (`50%`) or amount (`20k`) that somebody is relieved of; UsageProblem where it is neither."""
    plain = text.strip()
    try:
        if plain.endswith("%"):
            share = Rate(Decimal(plain[:-1].strip()) / 100)
            if 0 < share.units <= Rate(1).units:
                return share, None
        else:
            amount = amount_of(plain)
            if amount.units > 0:
                return None, amount
    except (ValueError, ArithmeticError):
        pass
    raise UsageProblem(
        f"“{fit(safe_line(text), _SHOWN)}” is nothing to be relieved of",
        expected="a share of the quota up to 100%, such as 50%, or an amount such as 20k",
    )


def joined_on(stay: Held, on: date) -> date:
    """The day of joining to propose: the first day in the seat, or where that is not known the day `on`."""
    return on if stay.start == EARLIEST else stay.start


def _share(word: str) -> str:
    try:
        share = Decimal(word.removesuffix("%"))
        kept = Rate(share / 100) if share.is_finite() else None
    except (InvalidOperation, ValueError):
        kept = None
    if kept is None or not 0 <= kept.units <= Rate(1).units:
        raise UsageProblem(
            f"“{fit(safe_line(word), _SHOWN)}” is no share of a quota", expected="per cent from 0 to 100, such as 25"
        )
    return str(kept)
