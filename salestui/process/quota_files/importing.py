"""Taking a file of quotas into the drafts of the years it is for: all of it in one change, or nothing."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple
from uuid import UUID

from salestui.exchange.quota_files.reading import How, QuotaFile, Told, read_quota_file
from salestui.exchange.trouble import Fault, Pulse, Refusal, Trouble, named, quoted
from salestui.metrics.adjusting import object_to_closed
from salestui.metrics.work import work
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.planning.quotas.commands.amounts import set_units
from salestui.planning.quotas.commands.plans import tell
from salestui.planning.quotas.commands.versions import begin_version
from salestui.planning.quotas.queries.beside import Lock, read_locks, read_submissions
from salestui.planning.quotas.queries.plan import read_quotas
from salestui.planning.quotas.sheet import Leaf, Units
from salestui.planning.quotas.standing import Plan, read_plan, refuse_without_a_draft
from salestui.process.quota_files.directory import Directory, Known, is_total
from salestui.process.quota_files.sums import LARGEST, total, weight
from salestui.store.company import Company, read_company
from salestui.store.database import Database
from salestui.store.quick import Reader, open_reader
from salestui.store.schema import open_current
from salestui.store.work import Actor, Work


class Counts(NamedTuple):
    """What a file does to the quotas of a year: how many are new, changed, taken away, and as they were."""

    inserted: int
    updated: int
    cleared: int
    """Quotas where there is none any more."""
    unchanged: int

    @property
    def changes(self) -> int:
        """How many are not as they were."""
        return self.inserted + self.updated + self.cleared


class YearChange(NamedTuple):
    """What becomes of a year's plan."""

    fiscal_year: int
    version: int
    """The draft's; where nothing changes, that of the latest version."""
    begun: bool
    """Whether the draft is begun for it."""
    counts: Counts
    before: Amount
    """What all quotas of the year came to before."""
    after: Amount


class Outcome(NamedTuple):
    """What an import of quotas did, or would do."""

    file: QuotaFile
    years: tuple[YearChange, ...]
    refusals: tuple[Refusal, ...]
    warnings: tuple[str, ...]
    dry_run: bool
    change: UUID | None
    """The change in the history that undo takes back; None where nothing was written."""

    @property
    def changes(self) -> int:
        """How many quotas are not as they were."""
        return sum(year.counts.changes for year in self.years)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return len({refusal.row for refusal in self.refusals})


class _Year(NamedTuple):
    fiscal_year: int
    latest: Plan | None
    stands: Units
    wanted: dict[Leaf, Amount | None]
    locks: dict[Leaf, Lock]
    handed_in: Collection[Leaf]
    """Where figures from below are known: what the file says goes over them."""

    @property
    def has_draft(self) -> bool:
        return self.latest is not None and self.latest.state == "draft"

    def change(self) -> YearChange:
        """What becomes of it."""
        counts = [0, 0, 0, 0]
        after = dict(self.stands)
        for leaf, amount in self.wanted.items():
            was, units = self.stands.get(leaf), None if amount is None else amount.units
            counts[3 if was == units else 0 if was is None else 2 if units is None else 1] += 1
            after[leaf] = units
        told = Counts(*counts)
        version, begun = 0 if self.latest is None else self.latest.plan_version, told.changes and not self.has_draft
        return YearChange(self.fiscal_year, version + bool(begun), bool(begun), told, total(self.stands), total(after))

    def edits(self) -> Iterator[tuple[Leaf, int | None, int | None]]:
        """The quotas that are not as they were: where, what is wanted there, and what stands there."""
        for leaf, amount in self.wanted.items():
            stands, units = self.stands.get(leaf), None if amount is None else amount.units
            if stands != units:
                yield leaf, units, stands


def import_quotas(
    database: Database,
    path: str,
    how: How,
    actor: Actor,
    on: Callable[[Company], date],
    pulse: Pulse,
    *,
    begin: bool,
    reason: str | None = None,
    dry_run: bool,
) -> Outcome:
    """Take the quotas of a file into the drafts of their years; with `begin` into new ones where there are none.

    Teams are named as on the day `on`. What is refused is in the outcome, and nothing was written then. Problem where
    the file is none of quotas, where there is no draft to take it into, where a plan is handed in that it would
    change, and where somebody changed the same quotas meanwhile.
    """
    with open_reader(database) as reader:
        company = read_company(reader)
        trouble = Trouble()
        file = read_quota_file(path, how, company.calendar, company.currency, trouble, pulse)
        directory = Directory(reader, on(company), company.name)
        placing = _Placing(file, directory, company.calendar, trouble)
        years = [_read_year(reader, year, wanted) for year, wanted in sorted(placing.placed(pulse).items())]
        for year in years:
            placing.refuse_impossible(year)
            placing.refuse_closed(year, company.closed_through)
            placing.refuse_locked(year)
    changes = tuple(year.change() for year in years if not trouble.refusals)
    for year, each in zip(years, changes, strict=False):
        if each.begun:
            refuse_without_a_draft(year.latest, f"FY{year.fiscal_year}", begin=begin)
    change = None
    if not trouble.refusals and not dry_run and any(year.counts.changes for year in changes):
        with _written(database, actor, f"Import quotas from {file.name}") as begun:
            tell(begun, [reason or ""])
            for year, each in zip(years, changes, strict=True):
                if each.counts.changes:
                    pulse.beat(f"Writing FY{year.fiscal_year}", 0, 1)
                    _write(begun, year)
            change = begun.change_id
    refusals = sorted(trouble.refusals, key=lambda refusal: refusal.row or 0)
    warnings = [*_warnings(file), *placing.totals_left_out()]
    if not file.quotas and not file.other_years and not refusals:
        warnings.append("The file holds no quota.")
    return Outcome(file, changes, tuple(refusals), tuple(warnings), dry_run, change)


@contextmanager
def _written(database: Database, actor: Actor, reason: str) -> Iterator[Work]:
    engine = open_current(database, write=True)
    try:
        with work(engine, actor, reason) as begun:
            yield begun
    finally:
        engine.dispose()


def _write(begun: Work, year: _Year) -> None:
    plan = year.latest.id if year.latest is not None and year.has_draft else begin_version(begun, year.fiscal_year).id
    edits = list(year.edits())
    wanted: Units = {leaf: units for leaf, units, _ in edits}
    base: Units = {leaf: was for leaf, _, was in edits}
    set_units(begun, plan or 0, wanted, base, over=year.handed_in)


def _read_year(reader: Reader, fiscal_year: int, wanted: dict[Leaf, Amount | None]) -> _Year:
    latest = read_plan(reader, fiscal_year)
    if latest is None:
        return _Year(fiscal_year, None, {}, wanted, {}, ())
    stands, locks = read_quotas(reader, latest.id), read_locks(reader, latest.id)
    return _Year(fiscal_year, latest, stands, wanted, locks, read_submissions(reader, latest.id).keys())


def _warnings(file: QuotaFile) -> Iterator[str]:
    if file.left_out:
        yield f"Columns left out: {named(file.left_out, 12)}."
    if file.other_years:
        yield f"Quotas of other years left out: {file.other_years:,}."


class _Placing:
    """Finds where the quotas of a file stand, and refuses those that can stand nowhere."""

    def __init__(self, file: QuotaFile, directory: Directory, calendar: FiscalCalendar, trouble: Trouble) -> None:
        self._file, self._directory, self._calendar, self._trouble = file, directory, calendar, trouble
        self._taken: dict[Leaf, Told] = {}
        self._months: dict[date, Period] = {}
        self._totals: dict[int, str] = {}

    def _month(self, start: date) -> Period:
        if start not in self._months:
            self._months[start] = self._calendar.month_of(start)
        return self._months[start]

    def placed(self, pulse: Pulse) -> Mapping[int, dict[Leaf, Amount | None]]:
        """The quotas by year and by where they stand."""
        found: dict[int, dict[Leaf, Amount | None]] = {}
        unknown: set[tuple[int, str]] = set()
        for number, told in enumerate(self._file.quotas):
            if number % 50_000 == 0:
                pulse.beat("Finding whose they are", number, len(self._file.quotas))
            place = self._place(told)
            if isinstance(place, _Unknown):
                if place.column == told.whose.title and is_total(place.text):
                    self._totals[told.row] = place.text
                elif (told.row, place.column) not in unknown:
                    unknown.add((told.row, place.column))
                    self._refuse(told, place.column, place.text, place.fault)
            elif place is not None:
                found.setdefault(told.year, {})[place] = told.amount
        return found

    def totals_left_out(self) -> Iterator[str]:
        """What to say of rows of totals."""
        if self._totals:
            rows = [f"row {row}, {quoted(text)}" for row, text in self._totals.items()]
            yield f"Rows of totals left out: {named(rows, 4)}."

    def _place(self, told: Told) -> "Leaf | _Unknown | None":
        who = self._directory.whose(told.whose)
        if isinstance(who, Fault):
            return _Unknown(told.whose.title, told.whose.text, who)
        line: Known | Fault | None = None if told.line is None else self._directory.line(told.line)
        if isinstance(line, Fault):
            return _Unknown(self._file.line_column, told.line or "", line)
        seat: int | None = who.id
        if who.kind == "person":
            month = self._month(told.month)
            seat = self._directory.seat_of(who.id, month)
            if seat is None:
                if told.amount is not None:
                    fault = Fault(
                        f"{quoted(who.name)} has no seat in {month.label}",
                        "somebody with a seat then",
                        "Seat them from that month on (salestui seat fill), or leave the amount out.",
                    )
                    self._refuse(told, told.column, told.text, fault)
                return None
        leaf = Leaf(seat or 0, 0 if line is None else line.id, told.month)
        return leaf if self._is_first(leaf, told, of_a_person=who.kind == "person") else None

    def _is_first(self, leaf: Leaf, told: Told, *, of_a_person: bool) -> bool:
        """Whether nothing else is told of the place; of two people in a seat, one may be said to have no quota."""
        before = self._taken.get(leaf)
        if before is None or (of_a_person and before.amount is None):
            self._taken[leaf] = told
            return True
        if of_a_person and told.amount is None:
            return False
        where = f"row {before.row}" + ("" if before.row != told.row else f", column {before.column}")
        fault = Fault(f"This quota is told before, in {where}", "one row for each seat", "Leave one of them out.")
        self._refuse(told, told.column if before.row == told.row else told.whose.title, told.whose.text, fault)
        return False

    def refuse_impossible(self, year: _Year) -> None:
        """Refuse quotas of months in which there is no such seat, and more than can be summed."""
        for leaf, amount in year.wanted.items():
            life = self._directory.life[leaf.seat]
            month = self._month(leaf.month)
            if amount is None or (life.start <= month.end and life.end >= month.start):
                continue
            if year.stands.get(leaf) != amount.units:
                told = self._taken[leaf]
                seat = self._directory.seats[leaf.seat]
                days = f"from {life.start} to {life.end}"
                fault = Fault(f"There is no seat {quoted(seat.name)} in {month.label}", f"a month {days}")
                self._refuse(told, told.column, told.text, fault)
        after = year.stands | {leaf: amount.units for leaf, amount in year.wanted.items() if amount is not None}
        if weight(after) > LARGEST.units:
            fault = Fault(f"The quotas of FY{year.fiscal_year} come to more than can be kept", f"{LARGEST} at most")
            self._trouble.refuse_file("quota", self._file.name, fault)

    def refuse_closed(self, year: _Year, closed_through: date | None) -> None:
        """Refuse changes of quotas whose months are closed."""
        for leaf, _, _ in year.edits() if closed_through is not None else ():
            objection = object_to_closed(self._calendar, closed_through, leaf.month, "month")
            if objection is not None:
                told = self._taken[leaf]
                fault = Fault(objection.what, "the amount that stands there", objection.remedy)
                self._refuse(told, told.column, told.text, fault)

    def refuse_locked(self, year: _Year) -> None:
        """Refuse changes of quotas that are locked."""
        for leaf, _, _ in year.edits() if year.locks else ():
            lock = year.locks.get(leaf)
            if lock is not None:
                told = self._taken[leaf]
                what = f"This quota is locked by {lock.who}" + (f": {lock.reason}" if lock.reason else "")
                fault = Fault(what, "the amount that stands there", "Unlock it, or leave it as it is.")
                self._refuse(told, told.column, told.text, fault)

    def _refuse(self, told: Told, column: str, value: str | None, fault: Fault) -> None:
        self._trouble.refuse(Refusal("quota", self._file.name, told.row, column, value, fault))


class _Unknown(NamedTuple):
    """A text that names nothing, or not one thing."""

    column: str
    text: str
    fault: Fault
