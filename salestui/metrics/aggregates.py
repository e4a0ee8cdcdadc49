"""Each fact as portable SQL over its source, to be summed by person, seat, product line, day and month due."""

from typing import Final, Literal, NamedTuple

from salestui.metrics.catalog import LAST_DAY


class Part(NamedTuple):
    """A part of a fact: which rows of which source, and what of them is summed where. NULL in a key stands for none."""

    source: str
    where: str
    person: str
    seat: str
    line: str
    day: str
    on_days: str
    """Which rows may be of `:days`, told so that an index finds them (`:eves` are the days before them)."""
    due: str
    total: str
    number: str


class Source(NamedTuple):
    """Where a fact comes from: the table that decides on it, and its parts."""

    table: Literal["sale", "opportunity"]
    parts: tuple[Part, ...]
    outcomes: frozenset[str] = frozenset()
    """Which deals it tells of, by outcome."""
    company_only: bool = False


KEYS: Final = ("person_id", "due", "day", "line_id", "seat_id")


def select(parts: tuple[Part, ...], keys: tuple[str, ...], *, days: bool = False, people: bool = False) -> str:
    """SQL for the sums of a fact by `keys`, on `:days` and of `:people` only if so wished; without empty sums.

    `:earliest` and `:latest` are to be bound. Databases have their own words for `[days a b]`, the days from a to b,
    and `[after a]`, the day after. `[or_unknown a]` lets rows without the date a in, where `:days` hold `EARLIEST`, and
    `[or_nobody a]` those without a person, where `:people` hold 0.
    """
    rows = " UNION ALL ".join(_rows(part, days, people) for part in parts)
    names = ", ".join(keys)
    return (
        f"SELECT {names}, SUM(total) AS total, SUM(count) AS count FROM ({rows}) AS part"
        f" GROUP BY {names} HAVING SUM(total) <> 0 OR SUM(count) <> 0"
    )


def _rows(part: Part, days: bool, people: bool) -> str:
    conditions = [part.where]
    if days:
        conditions += [part.on_days, f"{part.day} IN :days"]
    if people:
        conditions.append(f"({part.person} IN :people[or_nobody {part.person}])")
    return (
        f"SELECT COALESCE({part.person}, 0) AS person_id, COALESCE({part.seat}, 0) AS seat_id,"
        f" COALESCE({part.line}, 0) AS line_id, {part.day} AS day, {part.due} AS due,"
        f" {part.total} AS total, {part.number} AS count FROM {part.source} WHERE {' AND '.join(conditions)}"
    )


def _booked(column: str, *, known: str) -> tuple[Part, ...]:
    """What credits say of sales whose `known` is known, and what nobody has credit for as the company's alone.

    So a sale counts just once, whatever its credits sum to. An overlay's credit is beside it and no part of it.
    """
    where = f"credit.role <> 'overlay' AND credit.{known} IS NOT NULL"
    primary = "CASE WHEN credit.role = 'primary' THEN 1 ELSE 0 END"
    credited = "credit JOIN sale ON sale.id = credit.sale_id"
    of_sale = ("sale.line_id", "sale.booked_on", "sale.booked_on IN :days", ":earliest")
    return (
        Part(credited, where, "credit.person_id", "credit.seat_id", *of_sale, f"credit.{column}", primary),
        Part("sale", f"sale.reporting_{known} IS NOT NULL", "0", "0", *of_sale, f"sale.reporting_{column}", "1"),
        Part(credited, where, "0", "0", *of_sale, f"-credit.{column}", f"-{primary}"),
    )


_AMOUNT: Final = "COALESCE(opportunity.reporting_amount, 0)"
_CLOSES: Final = f"COALESCE(opportunity.close_on, '{LAST_DAY}') < '{LAST_DAY}'"
"""Deals with a close date, said so that no database takes the long way through its index to find them all."""


def _closed(outcome: str, total: str = _AMOUNT, where: str = "1 = 1") -> tuple[Part, ...]:
    """Closed deals count in the seat that their owner had on the day they closed."""
    return (
        Part(
            "opportunity LEFT JOIN person_seat ON person_seat.person_id = opportunity.owner_id"
            " AND opportunity.close_on BETWEEN person_seat.valid_from AND person_seat.valid_to",
            f"opportunity.outcome = '{outcome}' AND {_CLOSES} AND {where}",
            "opportunity.owner_id",
            "person_seat.seat_id",
            "opportunity.line_id",
            "opportunity.close_on",
            "opportunity.close_on IN :days",
            ":earliest",
            total,
            "1",
        ),
    )


def _stock(where: str, day: str, on_days: str, sign: str = "") -> Part:
    """Deals by owner; whose team they are in is asked on the day they are looked at."""
    return Part(
        "opportunity JOIN stage ON stage.id = opportunity.stage_id"
        " LEFT JOIN fiscal_day ON fiscal_day.day = opportunity.close_on",
        where,
        "opportunity.owner_id",
        "0",
        "opportunity.line_id",
        day,
        on_days,
        "COALESCE(fiscal_day.month, :latest)",
        f"{sign}{_AMOUNT}",
        f"{sign}1",
    )


def _since_created(where: str) -> Part:
    return _stock(
        where,
        "COALESCE(opportunity.created_on, :earliest)",
        "(opportunity.created_on IN :days[or_unknown opportunity.created_on])",
    )


def _until_closed(where: str) -> Part:
    return _stock(where, "opportunity.close_on", "opportunity.close_on IN :days", "-")


_WAS_OPEN: Final = (
    f"opportunity.outcome <> 'open' AND {_CLOSES}"
    " AND (opportunity.created_on IS NULL OR opportunity.created_on <= opportunity.close_on)"
)
"""Closed deals whose days are in order; the others were never seen open."""
_WAS_WON: Final = f"{_WAS_OPEN} AND opportunity.outcome = 'won'"
_OPEN: Final = "opportunity.outcome = 'open' AND stage.category <> 'omitted'"


def _once_late(sign: str = "") -> Part:
    """Open deals from the day after their close date on, or from their creation if that is later still."""
    return _stock(
        f"{_OPEN} AND {_CLOSES}",
        "CASE WHEN opportunity.created_on > opportunity.close_on THEN opportunity.created_on"
        " ELSE [after opportunity.close_on] END",
        "(opportunity.close_on IN :eves OR opportunity.created_on IN :days)",
        sign,
    )


_LENGTH: Final = "[days opportunity.created_on opportunity.close_on]"


def _deals(parts: tuple[Part, ...], *outcomes: str, company_only: bool = False) -> Source:
    return Source("opportunity", parts, frozenset(outcomes), company_only)


SOURCES: dict[str, Source] = {
    "bookings": Source("sale", _booked("amount", known="amount")),
    "costed": Source("sale", _booked("amount", known="cost")),
    "cost": Source("sale", _booked("cost", known="cost")),
    "won": _deals(_closed("won"), "won"),
    "won_blank": _deals(_closed("won", where=f"{_AMOUNT} = 0"), "won"),
    "lost": _deals(_closed("lost"), "lost"),
    "cycle": _deals(_closed("won", _LENGTH, "opportunity.created_on <= opportunity.close_on"), "won"),
    "pipeline": _deals(
        (_since_created(f"({_OPEN} OR {_WAS_OPEN})"), _until_closed(_WAS_OPEN), _once_late("-")),
        *("open", "won", "lost"),
    ),
    "past_due": _deals((_once_late(),), "open"),
    "pipeline_won": _deals((_since_created(_WAS_WON), _until_closed(_WAS_WON)), "won", company_only=True),
}
"""Every fact but quotas, whose months are shared out among those who held the seat (`metrics.quota_facts`)."""

BY_SEAT_OF_THE_DAY: Final = ("won", "won_blank", "lost", "cycle")
"""Facts whose seat is looked up on their day, so that they move when a person's seats do."""
