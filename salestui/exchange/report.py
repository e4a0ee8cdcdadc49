"""What an import did, or would do: counts, refusals, warnings, for people and for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from salestui.exchange.compare import Counts
from salestui.exchange.fields import plural
from salestui.exchange.trouble import Fault, Refusal, named
from salestui.model.values.text import fit, safe_line

REFUSALS_SHOWN = 20
_LONGEST_TITLE = 40
_COLUMNS = ("inserted", "updated", "unchanged", "removed", "refused", "kept_local", "no_longer")
_TITLES = ("new", "changed", "unchanged", "replaced", "refused", "kept local", "gone at source")


@dataclass(frozen=True)
class FileRead:
    """A file as one feed read it."""

    name: str
    entity: str
    rows: int
    taken: int
    """Rows that the mapping chose, whether they were refused or not."""
    encoding: str
    delimiter: str
    left_out: tuple[str, ...]
    """Columns that the mapping does not use."""
    meant: Mapping[str, str]
    """Which of them may be misspelt, and what for: columns that the mapping names and the file lacks."""


@dataclass(frozen=True)
class Report:
    """The outcome of an import."""

    source: str
    title: str
    mapping: str
    dry_run: bool
    data_as_of: datetime
    """The moment the data was true, in UTC."""
    counts: dict[str, Counts]
    """By kind of record."""
    files: tuple[FileRead, ...]
    refusals: tuple[Refusal, ...]
    warnings: tuple[str, ...]
    written: bool
    change: UUID | None
    """The change in the history that undoes the import; None where nothing was written."""

    @property
    def stopped(self) -> bool:
        """Whether a whole file was refused, which stops the import even where refused rows are skipped."""
        return any(refusal.row is None for refusal in self.refusals)

    @property
    def refused(self) -> int:
        """How many rows and files were refused."""
        whole = sum(refusal.row is None for refusal in self.refusals)
        return whole + sum(count.refused for count in self.counts.values())

    @property
    def changes(self) -> int:
        """How many rows were inserted, updated or removed."""
        return sum(each.inserted + each.updated + each.removed for each in self.counts.values())


def as_json(report: Report) -> dict[str, Any]:
    """The report as plain values; texts from data are as they stand in it."""
    return {
        "source": report.source,
        "title": report.title,
        "mapping": report.mapping,
        "dry_run": report.dry_run,
        "written": report.written,
        "change": None if report.change is None else str(report.change),
        "data_as_of": report.data_as_of.isoformat(),
        "counts": {entity: asdict(each) for entity, each in report.counts.items()},
        "files": [asdict(each) for each in report.files],
        "refused": report.refused,
        "refusals": [refusal_as_json(each) for each in report.refusals],
        "warnings": list(report.warnings),
    }


def refusal_as_json(refusal: Refusal) -> dict[str, Any]:
    """A refusal as plain values."""
    return {
        "entity": refusal.entity,
        "file": refusal.file,
        "row": refusal.row,
        "column": refusal.column,
        "value": refusal.value,
        "what": refusal.fault.what,
        "expected": refusal.fault.expected,
        "remedy": refusal.fault.remedy,
    }


def as_lines(report: Report) -> Iterator[str]:
    """The report for people: safe to print, one line each."""
    yield safe_line(f"{report.title}: data as of {report.data_as_of:%Y-%m-%d %H:%M} UTC")
    yield from _table(report)
    for each in report.files:
        if each.taken != each.rows:
            yield safe_line(
                f"{each.name}: {each.taken:,} of {each.rows:,} rows are {plural(each.entity)} for this mapping."
            )
    for name, columns in _left_out(report).items():
        yield safe_line(f"{name}: columns left out: {named(columns, 12)}.")
    for warning in report.warnings:
        yield safe_line(warning)
    yield from refusals_as_lines(report.refusals, report.refused)
    yield _outcome(report)


def refusals_as_lines(refusals: Sequence[Refusal], refused: int) -> Iterator[str]:
    """What was refused (so many rows and files), for people: each kind of it once."""
    if not refusals:
        return
    yield f"Refused: {refused:,}"
    groups = _alike(refusals)
    for refusal, rows in groups[:REFUSALS_SHOWN]:
        yield f"  {refusal}" + (f" The same holds for {rows - 1:,} more of its rows." if rows > 1 else "")
    more = sum(rows for _, rows in groups[REFUSALS_SHOWN:])
    if more:
        yield f"  and {more:,} more; --json lists all."


def _alike(refusals: Sequence[Refusal]) -> list[tuple[Refusal, int]]:
    """The first of each kind of refusal in a column, and how many rows there are of it."""
    found: dict[tuple[str, str, Fault], dict[int | None, Refusal]] = {}
    for refusal in refusals:
        found.setdefault((refusal.file, refusal.column, refusal.fault), {}).setdefault(refusal.row, refusal)
    return [(next(iter(group.values())), len(group)) for group in found.values()]


def _table(report: Report) -> Iterator[str]:
    shown = [
        (column, title)
        for column, title in zip(_COLUMNS, _TITLES, strict=True)
        if column in _COLUMNS[:3] or any(getattr(each, column) for each in report.counts.values())
    ]
    if not report.counts:
        return
    width = max(len(plural(entity)) for entity in report.counts)
    yield " " * width + "".join(f"  {title:>9}" for _, title in shown)
    for entity, each in report.counts.items():
        cells = "".join(f"  {getattr(each, column):>{max(9, len(title))},}" for column, title in shown)
        yield f"{plural(entity):<{width}}{cells}"


def _left_out(report: Report) -> dict[str, list[str]]:
    """By file, the columns that none of its feeds uses; one that may be misspelt with the question."""
    found: dict[str, list[str]] = {}
    meant: dict[str, dict[str, str]] = {}
    for each in report.files:
        used_before = found.get(each.name)
        found[each.name] = [name for name in each.left_out if used_before is None or name in used_before]
        meant.setdefault(each.name, {}).update(each.meant)
    return {name: [_asked(title, meant[name]) for title in columns] for name, columns in found.items() if columns}


def _asked(title: str, meant: Mapping[str, str]) -> str:
    shown = fit(safe_line(title), _LONGEST_TITLE)
    return f"{shown} (did you mean {meant[title]}?)" if title in meant else shown


def _outcome(report: Report) -> str:
    if report.written and not report.changes:
        return "No record changed; what the source says now, and as of when, was noted."
    if report.written:
        return f"Imported: {report.changes:,} rows written in one change, which undo takes back whole."
    if report.dry_run:
        return f"A dry run: {report.changes:,} rows would be written, nothing was."
    if report.refusals:
        return "Nothing was written. Mend what is refused, or load the rest with --skip-refused."
    return "Everything is as the database has it; nothing was written."
