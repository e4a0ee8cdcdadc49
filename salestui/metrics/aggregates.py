"""Each fact as portable SQL over its source, to be summed by seat, person, product line, day and month due."""

from typing import Final, NamedTuple

_ALL_TIME: Final = "COALESCE(opportunity.created_on, :earliest)"


class Part(NamedTuple):
    """A part of a fact: which rows of which source, and what of them is summed where. `0` in a key means none."""

    source: str
    where: str
    seat: str
    person: str
    line: str
    day: str
    due: str
    total: str
    number: str

    def select(self, where: str = "") -> str:
        """The aggregate as SQL, for the rows that `where` allows; `:earliest` is to be bound."""
        keys = (
            f"COALESCE({self.seat}, 0) AS seat_id, COALESCE({self.person}, 0) AS person_id,"
            f" COALESCE({self.line}, 0) AS line_id, {self.day} AS day, {self.due} AS due"
        )
        sums = f"{self.total} AS total, {self.number} AS count"
        condition = f"{self.where} AND {where}" if where else self.where
        return f"SELECT {keys}, {sums} FROM {self.source} WHERE {condition} GROUP BY 1, 2, 3, 4, 5"


class Source(NamedTuple):
    """Where a fact comes from: the table that decides on it, and its parts."""

    table: str
    parts: tuple[Part, ...]
    company_only: bool = False


def _credited(total: str, number: str, where: str = "1 = 1") -> Part:
    return Part(
        "credit JOIN sale ON sale.id = credit.sale_id",
        f"credit.role <> 'overlay' AND {where}",
        "credit.seat_id",
        "credit.person_id",
        "sale.line_id",
        "sale.booked_on",
        ":earliest",
        total,
        number,
    )


def _uncredited(total: str, where: str = "1 = 1") -> Part:
    """What nobody has credit for is the company's alone."""
    return Part(
        "sale",
        f"NOT EXISTS (SELECT 1 FROM credit WHERE credit.sale_id = sale.id AND credit.role <> 'overlay') AND {where}",
        "0",
        "0",
        "sale.line_id",
        "sale.booked_on",
        ":earliest",
        total,
        "COUNT(*)",
    )


_PRIMARY = "SUM(CASE WHEN credit.role = 'primary' THEN 1 ELSE 0 END)"
_DEAL_SUM = "COALESCE(SUM(opportunity.reporting_amount), 0)"


def _closed(outcome: str, total: str = _DEAL_SUM, where: str = "1 = 1") -> Part:
    """Closed deals count in the seat their owner had on the day they closed."""
    return Part(
        "opportunity LEFT JOIN person_seat ON person_seat.person_id = opportunity.owner_id"
        " AND opportunity.close_on BETWEEN person_seat.valid_from AND person_seat.valid_to",
        f"opportunity.outcome = '{outcome}' AND opportunity.close_on IS NOT NULL AND {where}",
        "person_seat.seat_id",
        "opportunity.owner_id",
        "opportunity.line_id",
        "opportunity.close_on",
        ":earliest",
        total,
        "COUNT(*)",
    )


def _stock(where: str, day: str, sign: str = "") -> Part:
    """Deals by owner; whose team they stand in is asked on the day they are looked at."""
    return Part(
        "opportunity JOIN stage ON stage.id = opportunity.stage_id"
        " LEFT JOIN fiscal_day ON fiscal_day.day = opportunity.close_on",
        where,
        "0",
        "opportunity.owner_id",
        "opportunity.line_id",
        day,
        "COALESCE(fiscal_day.month, :earliest)",
        f"{sign}{_DEAL_SUM}",
        f"{sign}COUNT(*)",
    )


def _open_then_closed(where: str = "1 = 1") -> tuple[Part, ...]:
    counted = f"NOT (opportunity.outcome = 'open' AND stage.category = 'omitted') AND {where}"
    closed = f"opportunity.outcome <> 'open' AND opportunity.close_on IS NOT NULL AND {where}"
    return (_stock(counted, _ALL_TIME), _stock(closed, "opportunity.close_on", "-"))


_OVERDUE_FROM = (
    "CASE WHEN opportunity.created_on > opportunity.close_on THEN opportunity.created_on ELSE opportunity.close_on END"
)

SOURCES: dict[str, Source] = {
    "bookings": Source(
        "sale",
        (_credited("SUM(credit.amount)", _PRIMARY), _uncredited("SUM(sale.reporting_amount)")),
    ),
    "costed": Source(
        "sale",
        (
            _credited("SUM(credit.amount)", _PRIMARY, "credit.cost IS NOT NULL"),
            _uncredited("SUM(sale.reporting_amount)", "sale.reporting_cost IS NOT NULL"),
        ),
    ),
    "cost": Source(
        "sale",
        (
            _credited("SUM(credit.cost)", _PRIMARY, "credit.cost IS NOT NULL"),
            _uncredited("SUM(sale.reporting_cost)", "sale.reporting_cost IS NOT NULL"),
        ),
    ),
    "won": Source("opportunity", (_closed("won"),)),
    "won_blank": Source("opportunity", (_closed("won", where="COALESCE(opportunity.reporting_amount, 0) = 0"),)),
    "lost": Source("opportunity", (_closed("lost"),)),
    "cycle": Source(
        "opportunity",
        (
            _closed(
                "won",
                "SUM([days opportunity.created_on opportunity.close_on])",
                "opportunity.created_on IS NOT NULL",
            ),
        ),
    ),
    "pipeline": Source("opportunity", _open_then_closed()),
    "pipeline_blank": Source("opportunity", _open_then_closed("opportunity.reporting_amount IS NULL")),
    "pipeline_won": Source("opportunity", _open_then_closed("opportunity.outcome = 'won'"), company_only=True),
    "past_due": Source(
        "opportunity",
        (
            _stock(
                "opportunity.outcome = 'open' AND stage.category <> 'omitted' AND opportunity.close_on IS NOT NULL",
                _OVERDUE_FROM,
            ),
        ),
    ),
}
"""Every fact but quota, whose months are shared out among those who held the seat (`metrics.quota_facts`)."""

BY_SEAT_OF_THE_DAY: Final = ("won", "won_blank", "lost", "cycle")
"""Facts whose seat is looked up on their day, so that they move when a person's seats do."""
