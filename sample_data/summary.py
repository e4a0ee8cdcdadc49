"""The story figures of a folder in the project's layout, worked out from its files alone."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import NamedTuple

Rows = list[dict[str, str]]
FILES = (
    "territories",
    "seats",
    "reporting",
    "people",
    "occupancies",
    "lines",
    "products",
    "accounts",
    "stages",
    "opportunities",
    "stage_changes",
    "sales",
    "credits",
    "quotas",
    "ramps",
    "rampings",
    "reliefs",
    "pay",
)


class Quarter(NamedTuple):
    """A calendar quarter and how much of it had been booked by the day that is as far into it as the last day is."""

    name: str
    share: float
    attainment: float


class Standing(NamedTuple):
    """Bookings of a person or team this quarter against the quota of all of it."""

    name: str
    booked: float
    quota: float

    @property
    def attainment(self) -> float:
        return self.booked / self.quota


class Folder:
    """The rows of a folder and the lookups the figures need."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, Rows] = {}
        for name in FILES:
            with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                self.rows[name] = list(csv.DictReader(file))
        company = tomllib.loads((folder / "company.toml").read_text(encoding="utf-8"))["company"]
        self.as_of = date.fromisoformat(company["as_of"])
        self.outcome = {row["id"]: row["outcome"] for row in self.rows["stages"]}
        self.category = {row["id"]: row["category"] for row in self.rows["stages"]}
        self.team_name = {row["id"]: row["team"] for row in self.rows["seats"] if row["kind"] == "manager"}
        self.person_name = {row["id"]: row["name"] for row in self.rows["people"]}
        self.credited = self._credited()

    @property
    def quarter_start(self) -> date:
        return first_of_quarter(self.as_of)

    @property
    def elapsed(self) -> int:
        """Days of the quarter up to and including the last day, less one."""
        return (self.as_of - self.quarter_start).days

    def seat_of(self, person: str, day: str) -> str:
        """Where a person sat, or sits next, or sat last."""
        held = [row for row in self.rows["occupancies"] if row["person"] == person]
        for row in held:
            if not row["valid_to"] or day <= row["valid_to"]:
                return row["seat"]
        return held[-1]["seat"]

    def occupant(self, seat: str, day: str) -> str:
        for row in self.rows["occupancies"]:
            if row["seat"] == seat and row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"]):
                return row["person"]
        return ""

    def ramp(self, person: str, seat: str, day: date) -> float:
        """The share of the seat's quota that a newcomer carries on a day."""
        for row in self.rows["rampings"]:
            joined = date.fromisoformat(row["starts_on"])
            if (row["person"], row["seat"]) == (person, seat) and joined <= day:
                shares = next(ramp["shares"] for ramp in self.rows["ramps"] if ramp["id"] == row["ramp"]).split(";")
                months = (day.year - joined.year) * 12 + day.month - joined.month - (joined.day > 15)
                return float(shares[max(months, 0)]) if months < len(shares) else 1
        return 1

    def relief(self, person: str, seat: str, day: str, lowers: str) -> float:
        """The share of the quota of a day that somebody is relieved of, lowering the team's number or not."""
        return sum(
            float(row["share"])
            for row in self.rows["reliefs"]
            if (row["person"], row["seat"], row["lowers_team"]) == (person, seat, lowers)
            if row["valid_from"] <= day <= (row["valid_to"] or "9999-12-31")
        )

    def team_of(self, seat: str, day: str) -> str:
        """The name of the team a seat belongs to on a day; a leader's own is the team led."""
        if seat in self.team_name:
            return self.team_name[seat]
        for row in self.rows["reporting"]:
            if row["seat"] == seat and row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"]):
                return self.team_name[row["manager_seat"]]
        return ""

    def _credited(self) -> list[tuple[str, str, float]]:
        """Person, day and amount of every primary and split credit."""
        shares = defaultdict(list)
        for row in self.rows["credits"]:
            if row["role"] != "overlay":
                shares[row["sale"]].append((row["person"], Fraction(row["share"])))
        found = []
        for sale in self.rows["sales"]:
            whole = shares.get(sale["id"]) or ([(sale["owner"], Fraction(1))] if sale["owner"] else [])
            found += [(person, sale["booked_on"], float(share * Fraction(sale["amount"]))) for person, share in whole]
        return found


def first_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def booked(folder: Folder, start: date, end: date) -> float:
    """The company's bookings from `start` to `end`, both included."""
    return sum(
        float(row["amount"]) for row in folder.rows["sales"] if start.isoformat() <= row["booked_on"] <= end.isoformat()
    )


class Carried(NamedTuple):
    """A day of a seat's quota: who carries it (nobody, where the seat is vacant), what they do, what the team does."""

    person: str
    seat: str
    month: str
    by_person: float
    by_team: float


def carried(folder: Folder, start: date, end: date) -> Iterator[Carried]:
    """The quotas of the months from `start` to `end`, day by day: after the ramp, and after relief."""
    for row in folder.rows["quotas"]:
        if not row["amount"] or not start.isoformat() <= row["month"] <= end.isoformat():
            continue
        first = date.fromisoformat(row["month"])
        days = [first + timedelta(days=number) for number in range(31)]
        days = [day for day in days if day.month == first.month]
        for day in days:
            person = folder.occupant(row["seat"], day.isoformat())
            amount = float(row["amount"]) / len(days) * folder.ramp(person, row["seat"], day)
            relieved = {lowers: folder.relief(person, row["seat"], day.isoformat(), lowers) for lowers in ("yes", "no")}
            yield Carried(
                *(person, row["seat"], row["month"]),
                by_person=amount * (1 - sum(relieved.values())),
                by_team=amount * (1 - relieved["yes"]),
            )


def quota(folder: Folder, start: date, end: date) -> float:
    """The sum of the quotas of the months from `start` to `end`, after ramp and relief."""
    return sum(each.by_team for each in carried(folder, start, end))


def standings(folder: Folder, start: date, end: date, last: date, *, teams: bool) -> list[Standing]:
    """Everyone with a quota from `start` to `end`, with what was credited up to `last`, in order of name."""
    quotas: dict[str, float] = defaultdict(float)
    credited: dict[str, float] = defaultdict(float)
    for each in carried(folder, start, end):
        if teams:
            quotas[folder.team_of(each.seat, each.month)] += each.by_team
        elif each.person:
            quotas[each.person] += each.by_person
    for person, day_booked, amount in folder.credited:
        if start.isoformat() <= day_booked <= last.isoformat():
            who = folder.team_of(folder.seat_of(person, day_booked), day_booked) if teams else person
            credited[who] += amount
    return [Standing(name, credited[name], quotas[name]) for name in sorted(quotas) if quotas[name]]


def past_quarters(folder: Folder) -> list[Quarter]:
    """The whole quarters before the present one, oldest first."""
    found = []
    start = date(min(int(row["fiscal_year"]) for row in folder.rows["quotas"]), 1, 1)
    while start < folder.quarter_start:
        after = first_of_quarter(start + timedelta(days=95))
        end = after - timedelta(days=1)
        whole = booked(folder, start, end)
        share = booked(folder, start, start + timedelta(days=folder.elapsed)) / whole
        name = f"{start.year}Q{start.month // 3 + 1}"
        found.append(Quarter(name, share, whole / quota(folder, start, end)))
        start = after
    return found


def pace(folder: Folder) -> float:
    """The median share booked by this day of the last eight quarters."""
    return median(quarter.share for quarter in past_quarters(folder)[-8:])


def closed(folder: Folder) -> Rows:
    return [row for row in folder.rows["opportunities"] if folder.outcome[row["stage"]] != "open"]


def won(folder: Folder) -> Rows:
    return [row for row in folder.rows["opportunities"] if folder.outcome[row["stage"]] == "won"]


def win_rate(folder: Folder) -> float:
    return len(won(folder)) / len(closed(folder))


def cycle(folder: Folder) -> float:
    """The median of days from creation to close of the deals won."""
    return median(
        (date.fromisoformat(row["close_on"]) - date.fromisoformat(row["created_on"])).days
        for row in won(folder)
        if row["created_on"]
    )


def average_deal(folder: Folder) -> float:
    amounts = [float(row["amount"]) for row in won(folder) if float(row["amount"])]
    return sum(amounts) / len(amounts)


def growth(folder: Folder, year: int) -> float:
    """Against the year before, both cut at the last day's day of the year."""
    last = min(folder.as_of, date(year, 12, 31))
    before = booked(folder, date(year - 1, 1, 1), last.replace(year=year - 1))
    return booked(folder, date(year, 1, 1), last) / before - 1


def open_due(folder: Folder, start: date, end: date) -> float:
    """Open pipeline due from `start` to `end`, without what is past due or left out of forecasts."""
    return sum(
        float(row["amount"] or 0)
        for row in folder.rows["opportunities"]
        if folder.outcome[row["stage"]] == "open"
        and folder.category[row["stage"]] != "omitted"
        and max(start, folder.as_of).isoformat() <= row["close_on"] <= end.isoformat()
    )


def quarter_end(day: date) -> date:
    return first_of_quarter(first_of_quarter(day) + timedelta(days=95)) - timedelta(days=1)


def coverage(folder: Folder) -> float:
    """Open pipeline due this quarter over what is left of its quota."""
    start, end = folder.quarter_start, quarter_end(folder.as_of)
    return open_due(folder, start, end) / (quota(folder, start, end) - booked(folder, start, folder.as_of))


def margin(folder: Folder, line: str) -> float:
    """Gross margin of a product line's sales of known cost."""
    products = {row["id"] for row in folder.rows["products"] if row["line"] == line}
    sales = [row for row in folder.rows["sales"] if row["product"] in products and row["cost"]]
    return 1 - sum(float(row["cost"]) for row in sales) / sum(float(row["amount"]) for row in sales)


def size(folder: Folder) -> int:
    """Bytes of the data files together."""
    return sum(path.stat().st_size for path in folder.folder.iterdir() if path.suffix in (".csv", ".toml"))


def report(path: Path) -> str:
    """The story's figures as lines of text."""
    folder = Folder(path)
    start, end = folder.quarter_start, quarter_end(folder.as_of)
    by_now = pace(folder)
    attained = booked(folder, start, folder.as_of) / quota(folder, start, end)
    people = standings(folder, start, end, folder.as_of, teams=False)
    lines = [
        f"As of {folder.as_of}, day {folder.elapsed + 1} of {(end - start).days + 1}",
        f"Win rate {win_rate(folder):.1%} of {len(closed(folder))} closed deals, "
        f"average deal {average_deal(folder):,.0f}, cycle {cycle(folder):.0f} days",
        "Margin " + ", ".join(f"{row['name']} {margin(folder, row['id']):.0%}" for row in folder.rows["lines"]),
        "",
    ]
    for year in sorted({int(row["fiscal_year"]) for row in folder.rows["quotas"]}):
        lines += _year_lines(folder, year)
    lines += ["", f"Quarter       booked by day {folder.elapsed + 1}   attainment"]
    lines += [
        f"{quarter.name}        {quarter.share:18.1%}   {quarter.attainment:10.1%}" for quarter in past_quarters(folder)
    ]
    lines += [
        "",
        f"This quarter  attainment {attained:.1%}, pace {by_now:.1%}, {attained / by_now:.2f} of it; "
        f"coverage {coverage(folder):.2f}, next quarter's pipeline "
        f"{open_due(folder, end + timedelta(days=1), quarter_end(end + timedelta(days=1))):,.0f}",
        "Teams         "
        + ", ".join(
            f"{team.name} {team.attainment / by_now:.2f}"
            for team in standings(folder, start, end, folder.as_of, teams=True)
        ),
        f"People        {sum(person.attainment >= by_now for person in people)} of {len(people)} on pace",
        "",
    ]
    lines += [f"{name:14}{len(rows):7,} rows" for name, rows in folder.rows.items()]
    return "\n".join([*lines, f"In all        {size(folder):,} bytes"])


def _year_lines(folder: Folder, year: int) -> list[str]:
    """A year's growth and attainment by company, team and person; the present year's against its quota up to today."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), folder.as_of)
    whole = booked(folder, first, last)
    grown = (
        f", growth {growth(folder, year):.1%}"
        if year > min(int(row["fiscal_year"]) for row in folder.rows["quotas"])
        else ""
    )
    teams = standings(folder, first, date(year, 12, 31), last, teams=True)
    people = sorted(standings(folder, first, date(year, 12, 31), last, teams=False), key=lambda each: each.attainment)
    return [
        f"FY{year}  booked {whole:,.0f}, attainment {whole / quota(folder, first, date(year, 12, 31)):.1%}{grown}",
        "        " + ", ".join(f"{team.name} {team.attainment:.0%}" for team in teams),
        "        people " + " ".join(f"{person.attainment:.0%}" for person in people),
    ]
