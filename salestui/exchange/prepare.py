"""Reading all files of an import into records, and finding whose company they are and from when."""

import os
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from salestui.exchange.columns import columns_of
from salestui.exchange.fields import ENTITIES, plural
from salestui.exchange.files import Files, find_files, joined_file
from salestui.exchange.mapping import Feed, Mapping
from salestui.exchange.mapping_file import company_settings, read_toml
from salestui.exchange.merge import merged
from salestui.exchange.reading import Layout, Sheet, folded, read_sheet
from salestui.exchange.report import FileRead
from salestui.exchange.section import Section, hint, nearest
from salestui.exchange.shape import Reading, Record, constant_records, shape
from salestui.exchange.trouble import Fault, Pulse, Refusal, Trouble, named, quoted
from salestui.metrics.catalog import KPIS
from salestui.model.values.errors import DataProblem
from salestui.store import company
from salestui.store.company import Company


@dataclass(frozen=True)
class Prepared:
    """What the files hold, read and checked as far as that goes without the database."""

    mapping: Mapping
    settings: Map[str, str | int]
    company: Company
    data_as_of: datetime
    day: date
    """The day of `data_as_of` in the company's zone."""
    records: Map[str, Sequence[Record]]
    files: tuple[FileRead, ...]
    trouble: Trouble


def prepare(paths: Sequence[str], mapping: Mapping, kept: Map[str, Any], pulse: Pulse) -> Prepared:
    """Read the files of `paths` that the mapping knows. What cannot be taken is collected in `trouble`.

    `kept` are the settings the database holds: what the files do not say of the company, these do.
    """
    files = find_files(paths, mapping)
    trouble = Trouble()
    told = _company_file(files.company, mapping)
    settings = {**mapping.company, **told.settings}
    ours = company.from_settings({**kept, **settings})
    home = ZoneInfo(ours.zone) if ours.zone else None
    reading = Reading(home, ours.currency, trouble, pulse, mapping.allow_missing)
    sheets = Sheets(files, mapping, reading)
    records: dict[str, list[Record]] = {}
    read: list[FileRead] = []
    for feed in mapping.feeds:
        if feed.rows:
            records.setdefault(feed.entity, []).extend(constant_records(feed, reading, mapping.name))
    for feed, path in files.feeds:
        sheet, others = sheets.sheet(feed, path), sheets.joined(feed, path)
        if sheet is not None and others is not None:
            shaped = shape(feed, sheet, others, reading)
            records.setdefault(feed.entity, []).extend(shaped.records)
            read.append(_described(feed, sheet, shaped.chosen))
            _warn_of_no_money(feed, sheet, trouble)
    _warn(files, settings, trouble)
    if not settings and not trouble.refusals and not any(each.rows for each in read):
        raise DataProblem("The files hold no rows.", where=", ".join(paths), expected="a header and rows below it")
    moment = _moment(told.as_of or mapping.as_of, home) or sheets.newest()
    day = (moment.astimezone(home) if home else moment).date()
    everything = {entity: merged(entity, each, trouble) for entity, each in records.items()}
    return Prepared(mapping, settings, ours, moment, day, everything, tuple(read), trouble)


class Sheets:
    """The files of an import, each read once however many feeds use it."""

    def __init__(self, files: Files, mapping: Mapping, reading: Reading) -> None:
        self._files = files
        self._reading = reading
        self._read: dict[tuple[str, Layout], Sheet | None] = {}
        self._wanted: dict[str, set[str]] = {}
        self._times: dict[str, float] = {}
        for feed, path in files.feeds:
            self._want(path, columns_of(feed))
            for join in feed.joins:
                beside = joined_file(join.file, path, files)
                if beside is not None:
                    prefix = folded(join.name) + "."
                    names = [folded(name) for name in columns_of(feed)]
                    self._want(beside, [name.removeprefix(prefix) for name in names if name.startswith(prefix)])
        if files.company is not None:
            self._times[files.company] = os.path.getmtime(files.company)

    def newest(self) -> datetime:
        """When the newest of the files was written."""
        return datetime.fromtimestamp(int(max(self._times.values(), default=0)), UTC)

    def sheet(self, feed: Feed, path: str) -> Sheet | None:
        """A feed's file; None, with trouble noted, where it cannot be read."""
        style = feed.style
        return self._sheet(feed, path, Layout(style.encoding, style.delimiter, feed.header, feed.footer))

    def joined(self, feed: Feed, path: str) -> dict[str, Sheet] | None:
        """The files that a feed joins, by the joins' names; None where one is missing."""
        found: dict[str, Sheet] = {}
        for join in feed.joins:
            beside = joined_file(join.file, path, self._files)
            if beside is None:
                fault = Fault(f"It needs the file {quoted(join.file)}", "that file beside it, or among those given")
                self._reading.trouble.refuse_file(feed.entity, os.path.basename(path), fault)
                return None
            sheet = self._sheet(feed, beside, Layout(feed.style.encoding, feed.style.delimiter))
            if sheet is None:
                return None
            found[join.name] = sheet
        return found

    def _want(self, path: str, names: Sequence[str]) -> None:
        self._wanted.setdefault(path, set()).update(map(folded, names))
        self._times[path] = os.path.getmtime(path)

    def _sheet(self, feed: Feed, path: str, layout: Layout) -> Sheet | None:
        if (path, layout) not in self._read:
            self._read[path, layout] = self._read_now(feed, path, layout)
        return self._read[path, layout]

    def _read_now(self, feed: Feed, path: str, layout: Layout) -> Sheet | None:
        trouble, name = self._reading.trouble, os.path.basename(path)
        self._reading.pulse.beat(f"Reading {name}", 0, 0)
        try:
            sheet = read_sheet(
                path, self._wanted[path], layout, lambda rows: self._reading.pulse.beat(f"Reading {name}", rows, 0)
            )
        except DataProblem as problem:
            trouble.refuse_file(feed.entity, name, Fault(problem.what, problem.expected, problem.remedy))
            return None
        for note in sheet.notes:
            trouble.warn(f"{name}: {note}")
        if not sheet.numbers and not sheet.misshapen:
            trouble.warn(f"{name} holds no rows.")
        for number, fields in sheet.misshapen:
            fault = Fault(
                f"The row has {fields} fields",
                f"{sheet.width}, as the header has",
                "Look for a delimiter within a text that has no quotes around it.",
            )
            trouble.refuse(Refusal(feed.entity, name, number, "", None, fault))
        return sheet


def _described(feed: Feed, sheet: Sheet, taken: int) -> FileRead:
    left_out = tuple(title for name, title in sheet.titles.items() if name not in sheet.columns)
    absent = [each.column for each in feed.fields.values() if each.column and folded(each.column) not in sheet.columns]
    near = {title: nearest(title, absent) for title in left_out}
    return FileRead(
        *(sheet.name, feed.entity, len(sheet.numbers), taken, sheet.encoding, sheet.delimiter, left_out),
        {title: column for title, column in near.items() if column is not None},
    )


def _warn_of_no_money(feed: Feed, sheet: Sheet, trouble: Trouble) -> None:
    """Tell of columns of money that are not there, for nothing else tells an import without them from a whole one."""
    amounts = [each for name, each in feed.fields.items() if ENTITIES[feed.entity].fields[name].kind == "amount"]
    absent = [each.column for each in amounts if each.column and folded(each.column) not in sheet.columns]
    if absent and sheet.numbers:
        columns = f"column{'s' if len(absent) > 1 else ''} {named(absent)}"
        trouble.warn(f"{sheet.name} has no {columns}: its {plural(feed.entity)} bring none.")


@dataclass(frozen=True)
class _CompanyFile:
    settings: Map[str, str | int]
    as_of: date | datetime | None


def _company_file(path: str | None, mapping: Mapping) -> _CompanyFile:
    if path is None:
        return _CompanyFile({}, None)
    section = Section(read_toml(path), path)
    content, targets = section.table("company"), section.table("targets")
    section.done()
    as_of = Section(dict(content), path).moment("as_of")
    return _CompanyFile(company_settings(content, targets, path), as_of)


def _moment(told: date | datetime | None, home: ZoneInfo | None) -> datetime | None:
    """The moment that is meant: a day's end, a clock time in the company's zone."""
    if told is None:
        return None
    moment = told if isinstance(told, datetime) else datetime.combine(told, time(23, 59, 59), home or UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=home or UTC).astimezone(UTC)


def _warn(files: Files, settings: Map[str, Any], trouble: Trouble) -> None:
    if files.left_out:
        trouble.warn(f"Files left out: {named([os.path.basename(path) for path in files.left_out], 12)}.")
    for key in settings:
        kpi = key.removeprefix(company.TARGET)
        if kpi != key and kpi not in KPIS:
            trouble.warn(f"There is a target for {quoted(kpi)}, which is no KPI{hint(kpi, KPIS)}.")
