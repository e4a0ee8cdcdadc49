"""`salestui quota import`: a CSV file of quotas, months across or in rows, taken into a draft."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from salestui.cli.importing import REFUSED, STOPPED, attended
from salestui.cli.opening import database
from salestui.cli.output import as_json, emit, table
from salestui.cli.quota.place import add_year, day_of, fiscal_year
from salestui.model.values import show
from salestui.model.values.text import safe_line
from salestui.store.settings import Settings, actor_name

if TYPE_CHECKING:
    from salestui.process.quota_files.importing import Outcome, YearChange

_UNITS = (1, 1000, 1_000_000)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="PATH", help="the file: months across (M01, Jan, 2026-01), or a row for each")
    add_year(parser)
    parser.add_argument("--into", choices=("draft",), default="draft", help="where to: the year's draft")
    parser.add_argument("--begin", action="store_true", help="begin a draft where there is none")
    parser.add_argument(
        "--unit", type=int, choices=_UNITS, default=1, help="what a 1 in the file is worth, such as 1000 (1)"
    )
    parser.add_argument("--decimal", choices=(".", ","), help="the decimal mark, where the file does not tell")
    parser.add_argument("--year-is", choices=("fiscal", "calendar"), help="what the years in a column Year are")
    parser.add_argument(
        "--column", metavar="COLUMN=MEANING", action="append", default=[], help="what a column is, such as Rep=person"
    )
    parser.add_argument("--below-zero", action="store_true", help="quotas below zero are meant")
    parser.add_argument("--reason", metavar="TEXT", help="why; kept in the history and the version's story")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")


def run(options: Namespace, settings: Settings) -> int:
    """Do it; the exit code is 3 where something was refused and therefore nothing written."""
    from salestui.exchange.quota_files.reading import How
    from salestui.exchange.trouble import Cancelled
    from salestui.process.quota_files.importing import import_quotas
    from salestui.store.company import read_company
    from salestui.store.quick import open_reader
    from salestui.store.work import Actor

    place = database(settings)
    year = None
    if options.year is not None:
        with open_reader(place) as reader:
            company = read_company(reader)
            year = fiscal_year(company, day_of(settings, company), options.year).fiscal_year
    how = How(options.column, year, options.year_is, options.unit, options.decimal, options.below_zero)
    actor = Actor(actor_name(settings))
    try:
        with attended() as pulse:
            outcome = import_quotas(
                place,
                options.file,
                how,
                actor,
                lambda company: day_of(settings, company),
                pulse,
                begin=options.begin,
                reason=options.reason,
                dry_run=options.dry_run,
            )
    except Cancelled:
        print("salestui: stopped; nothing was written.", file=sys.stderr)
        return STOPPED
    emit(as_json(_document(outcome)) if options.json else "\n".join(_page(outcome)))
    return REFUSED if outcome.refusals else 0


def _document(outcome: "Outcome") -> dict[str, Any]:
    from salestui.exchange.report import refusal_as_json

    file = outcome.file
    return {
        "file": file.name,
        "layout": "wide" if file.wide else "long",
        "rows": file.rows,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "dry_run": outcome.dry_run,
        "written": outcome.change is not None,
        "change": None if outcome.change is None else str(outcome.change),
        "plans": [
            {
                "fiscal_year": year.fiscal_year,
                "version": year.version,
                "begun": year.begun,
                **year.counts._asdict(),
                "before": str(year.before),
                "after": str(year.after),
            }
            for year in outcome.years
        ],
        "refused": outcome.refused,
        "refusals": [refusal_as_json(refusal) for refusal in outcome.refusals],
        "warnings": list(outcome.warnings),
    }


def _page(outcome: "Outcome") -> Iterator[str]:
    from salestui.exchange.report import refusals_as_lines

    file = outcome.file
    layout = "months across" if file.wide else "a quota in each row"
    yield safe_line(f"{file.name}: {show.counted(file.rows, 'row')}, {layout}")
    if outcome.years:
        rows = [["Plan", "new", "changed", "taken away", "unchanged", "total before", "total after"]]
        rows += [_row(year) for year in outcome.years]
        yield table(rows, ("left", *("right",) * 6))
    yield from (safe_line(warning) for warning in outcome.warnings)
    yield from refusals_as_lines(outcome.refusals, outcome.refused)
    yield _told(outcome)


def _row(year: "YearChange") -> list[str]:
    begun = ", begun" if year.begun else ""
    sums = [show.money(amount, "full") for amount in (year.before, year.after)]
    return [f"FY{year.fiscal_year} v{year.version}{begun}", *map(show.count, year.counts), *sums]


def _told(outcome: "Outcome") -> str:
    if outcome.refusals:
        return "Nothing was written. Mend what is refused, then import the file again."
    if outcome.dry_run:
        return f"A dry run: {show.counted(outcome.changes, 'quota')} would be written, nothing was."
    if outcome.change is None:
        return "Everything is in the plan already; nothing was written."
    return f"Imported: {show.counted(outcome.changes, 'quota')} written in one change, which undo takes back whole."
