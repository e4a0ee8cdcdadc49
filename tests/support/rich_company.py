"""Two companies for tests: a small one with every case in it that is easily got wrong, and random ones."""

from datetime import date, timedelta
from random import Random

from salestui.model.tables.market import ProductLine
from salestui.model.tables.organisation import Person, Seat
from salestui.store.company import ANCHOR, FIRST_MONTH, SCHEME
from tests.support.companies import Builder, Days

CALENDARS: tuple[dict[str, str | int], ...] = (
    {},
    {FIRST_MONTH: 4},
    {SCHEME: "4-4-5", FIRST_MONTH: 2, ANCHOR: 6},
    {SCHEME: "4-4-5", FIRST_MONTH: 10},
)
"""Settings of fiscal calendars: calendar years, another first month, and weeks with two anchors."""


def build_rich(company: Builder) -> None:
    """A vice president over West and East: Ana moves from one to the other in mid-month, a seat comes under another
    manager, Cy leaves open deals behind, two people share a seat, one seat is vacant and one comes to an end.
    """
    hardware, services = company.line("Hardware"), company.line("Services")
    top = company.seat("VP Sales", team="Sales")
    west, east = company.seat("West lead", top, team="West"), company.seat("East lead", top, team="East")
    w1, w2 = company.seat("West 1", west), company.seat("West 2", west)
    e1, e2 = company.seat("East 1", east), company.seat("East 2", east, days=("2025-01-01", "2026-02-20"))
    wanderer = company.seat("Wanderer")
    company.reports(wanderer, west, ("2025-01-01", "2026-02-14"))
    company.reports(wanderer, east, ("2026-02-15", "9999-12-31"))
    house = company.seat("House accounts", top)
    kim, lee, mo = (company.person(name) for name in ("Kim", "Lee", "Mo"))
    for person, seat in ((kim, top), (lee, west), (mo, east)):
        company.sits(person, seat, ("2025-01-01", "9999-12-31"))
    ana, bo, cy, di, flo, gus = (
        company.person(name, source_id=f"E{n}") for n, name in enumerate(("Ana", "Bo", "Cy", "Di", "Flo", "Gus"))
    )
    company.sits(ana, w1, ("2025-01-01", "2026-02-10"))
    company.sits(ana, e1, ("2026-02-11", "9999-12-31"))
    company.sits(bo, w2, ("2025-03-01", "9999-12-31"))
    company.sits(cy, e2, ("2025-01-01", "2026-01-31"))
    company.sits(di, wanderer, ("2025-01-01", "9999-12-31"))
    company.sits(flo, w2, ("2026-01-16", "2026-03-15"))
    company.sits(flo, wanderer, ("2026-03-10", "2026-04-05"))
    company.sits(gus, wanderer, ("2026-05-01", "2026-05-20"))
    for amount, created, close in ((100, "2025-12-01", "2026-01-20"), (0, "2026-01-02", "2026-02-03")):
        company.deal("won", ana, amount, created=created, close=close, line=hardware)
    company.deal("won", ana, 70, created=None, close="2026-02-12", line=services)
    company.deal("won", ana, "80.1234", created="2026-03-01", close="2026-02-20")
    company.deal("won", cy, 50, created="2026-01-10", close="2026-03-05")
    company.deal("won", None, 60, created="2026-01-10", close="2026-03-05")
    company.deal("lost", bo, None, created="2026-01-10", close="2026-02-28", line=hardware)
    company.deal("lost", di, 90, created="2026-02-01", close="2026-02-14")
    company.deal("lost", di, 95, created="2026-02-01", close="2026-02-15")
    company.deal("lost", di, 10, created="2026-02-01", close=None)
    for owner in (ana, bo, cy, None):
        company.deal("open", owner, 200, created="2026-02-01", close="2026-03-10", line=services)
        company.deal("open", owner, None, created="2026-02-01", close="2026-04-10")
        company.deal("open", owner, 0, created=None, close=None)
        company.deal("parked", owner, 500, created="2026-01-01", close="2026-03-20")
        company.deal("open", owner, 33, created="2026-03-15", close="2026-03-01")
    company.sale(100, "2026-01-20", (ana, w1, "primary", 100), cost=60, line=hardware)
    company.sale("70.0001", "2026-02-12", (ana, e1, "primary", 50), (bo, w2, "split", "20.0001"), line=services)
    company.sale(90, "2026-02-14", (di, wanderer, "primary", 90), (lee, west, "overlay", 45), cost=30)
    company.sale(95, "2026-02-15", (di, wanderer, "primary", 95), cost=10)
    company.sale(40, "2026-03-05", cost=15)
    company.sale(60, "2026-03-06", (cy, None, "primary", 60))
    company.sale(50, "2026-03-31", (bo, w2, "split", 20))
    company.sale(-10, "2026-04-01", (bo, w2, "primary", -10), cost=-4)
    company.sale(500, "2025-02-12", (lee, west, "primary", 500), line=hardware)
    for seat in (w1, w2, e1, wanderer):
        for month in ("2026-01-01", "2026-02-01", "2026-03-01"):
            company.quota(seat, month, "100.01")
    company.quota(w2, "2026-02-01", 50, services)
    company.quota(w1, "2026-04-01", None)
    company.quota(w2, "2026-05-01", 0)
    company.quota(house, "2026-03-01", 10)


def build_adjusted(company: Builder) -> None:
    """The rich company, in which two are new and ramp up, and two are relieved of some of their quota."""
    build_rich(company)
    ana, bo, di, flo = (company.named(Person, name=name) for name in ("Ana", "Bo", "Di", "Flo"))
    w2, e1, wanderer = (company.named(Seat, title=title) for title in ("West 2", "East 1", "Wanderer"))
    slow, quick = company.ramp("Slow", "0", "0.25", "0.5", "0.75"), company.ramp("Quick", "0.3333")
    company.ramps(ana, e1, slow, "2026-02-11")
    company.ramps(flo, w2, quick, "2026-01-16")
    company.relief(bo, w2, ("2026-02-10", "2026-03-09"), share="0.4", lowers_team=False)
    company.relief(bo, w2, ("2026-03-01", "2026-03-31"), amount=70)
    company.relief(di, wanderer, ("2026-02-01", "2026-02-20"), share="1")
    company.relief(di, wanderer, ("2026-03-05", "2026-03-31"), amount="33.3333", lowers_team=False)


def build_random(company: Builder, chance: Random) -> None:
    """A company of chance, in which anything may fall on anything."""
    lines = [company.line(f"Line {n}") for n in range(3)]
    seats = _seats(company, chance)
    people = [company.person(f"Person {n}") for n in range(7)]
    for person in people[: chance.randint(3, 7)]:
        for _ in range(chance.randint(0, 3)):
            company.sits(person, chance.choice(seats), _days(chance))
    for _ in range(chance.randint(5, 25)):
        _deal(company, chance, people, lines)
    for _ in range(chance.randint(3, 18)):
        _sale(company, chance, people, seats, lines)
    ramps = [company.ramp(f"Ramp {n}", *chance.choices(("0", "0.25", "0.3333", "1"), k=n + 1)) for n in range(3)]
    for _ in range(chance.randint(0, 6)):
        company.ramps(chance.choice(people), chance.choice(seats), chance.choice(ramps), random_day(chance))
    for _ in range(chance.randint(0, 6)):
        _relief(company, chance, people, seats)
    months = company.calendar.months(company.calendar.year_of(date(2026, 2, 10)))
    for seat in chance.sample(seats, min(4, len(seats))):
        for month in chance.sample(months, 4):
            amount = chance.choice([None, "0", "100", "33.3333", "0.0001"])
            company.quota(seat, month.start, amount, chance.choice([None, *lines]))


def random_day(chance: Random) -> date:
    """A day of two years, now and then on the edge of a month."""
    found = date(2025, 1, 1) + timedelta(days=chance.randrange(730))
    return found.replace(day=1) - timedelta(days=chance.randint(0, 1)) if chance.random() < 0.3 else found


def _relief(company: Builder, chance: Random, people: list[Person], seats: list[Seat]) -> None:
    by_share = chance.random() < 0.5
    company.relief(
        chance.choice(people),
        chance.choice(seats),
        _days(chance),
        share=chance.choice(["0.25", "0.333333333", "1"]) if by_share else None,
        amount=None if by_share else chance.choice(["10", "0.0001", "5000"]),
        lowers_team=chance.random() < 0.5,
    )


def _days(chance: Random) -> Days:
    start, end = sorted((random_day(chance), random_day(chance)))
    return chance.choice([(start, end), (start, date.max), (date.min, end)])


def _seats(company: Builder, chance: Random) -> list[Seat]:
    seats: list[Seat] = []
    for number in range(chance.randint(2, 8)):
        seat = company.seat(f"Seat {number}", team=chance.choice([None, f"Team {number}"]))
        turns = sorted({random_day(chance) for _ in range(chance.randint(0, 2))})
        ends = [*(turn - timedelta(days=1) for turn in turns), date.max]
        for start, end in zip([date.min, *turns], ends, strict=True):
            if seats and chance.random() < 0.8:
                company.reports(seat, chance.choice(seats), (start, end))
        seats.append(seat)
    return seats


def _deal(company: Builder, chance: Random, people: list[Person], lines: list[ProductLine]) -> None:
    stage = chance.choice(["open", "open", "open", "parked", "won", "won", "lost"])
    created = chance.choice([None, random_day(chance), random_day(chance)])
    long = timedelta(days=chance.randint(0, 120))
    close = chance.choice([None, random_day(chance), (created or random_day(chance)) + long, created])
    amount = chance.choice([None, "0", "10", "250", "99.9999", "-5"])
    owner, line = chance.choice([None, *people]), chance.choice([None, *lines])
    company.deal(stage, owner, amount, created=created, close=close, line=line)


def _sale(company: Builder, chance: Random, people: list[Person], seats: list[Seat], lines: list[ProductLine]) -> None:
    amount: str | int = chance.choice(["100", "250", "99.9999", "-40", "1000"])
    cost = chance.choice([None, "30", "12.5", "0"])
    roles = chance.choice([[], ["primary"], ["primary"], ["primary", "split"], ["split"], ["primary", "overlay"]])
    credited = [
        (chance.choice(people), chance.choice([None, *seats]), role, chance.choice([amount, "10", "0.0001"]))
        for role in roles
    ]
    company.sale(amount, random_day(chance), *credited, cost=cost, line=chance.choice([None, *lines]))
