"""`salestui quota export`: a year's quotas as CSV, months across or a row for each."""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from salestui.cli.output import as_csv, as_json, emit
from salestui.cli.quota.place import add_scope, add_version, add_year, looking, the_plan
from salestui.cli.words import say
from salestui.model.values import show
from salestui.model.values.errors import DataProblem
from salestui.store.settings import Settings

if TYPE_CHECKING:
    from salestui.planning.quotas.standing import Plan
    from salestui.process.quota_files.exporting import Table

STDOUT = "-"


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="PATH|-", help="the file to write; - for standard output")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--wide", action="store_true", help="a row for each seat, with the months across (the default)")
    form.add_argument("--long", action="store_true", help="a row for each quota, as in quotas.csv of the own layout")
    add_scope(parser)
    add_year(parser)
    add_version(parser)
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


def run(options: Namespace, settings: Settings) -> int:
    """Write the file."""
    from salestui.process.quota_files.exporting import read_long, read_wide

    to_file = options.file != STDOUT
    if to_file and os.path.lexists(options.file) and not options.force:
        raise DataProblem("There is such a file already", where=options.file, remedy="To write over it, say --force.")
    with looking(settings, options.year, options.scope) as at:
        plan = the_plan(at, options.version)
        table = (read_long if options.long else read_wide)(at.reader, at.place, plan)
    written = to_file and not options.dry_run
    if written:
        _write(options.file, as_csv(table.rows))
    if options.json:
        emit(as_json(_document(options, plan, at.scope.name, table, written=written)))
        return 0
    if not to_file and not options.dry_run:
        emit(as_csv(table.rows))
    rows = len(table.rows) - 1
    ending = "; a dry run, nothing is written" if options.dry_run else ""
    held = f"{show.counted(table.quotas, 'quota')} in {show.counted(rows, 'row')}"
    say(f"{at.scope.name}, {plan.label} ({plan.state}): {held}{ending}.")
    return 0


def _document(options: Namespace, plan: "Plan", scope: str, table: "Table", *, written: bool) -> dict[str, Any]:
    to_file = options.file != STDOUT
    header, *rows = table.rows
    return {
        "file": options.file if to_file else None,
        "written": written,
        "scope": scope,
        "fiscal_year": plan.fiscal_year,
        "version": plan.plan_version,
        "state": plan.state,
        "layout": "long" if options.long else "wide",
        "rows": len(rows) if to_file else [dict(zip(header, row, strict=True)) for row in rows],
        "quotas": table.quotas,
    }


def _write(name: str, text: str) -> None:
    from pathlib import Path

    from salestui.store.files import written_whole

    with written_whole(Path(name).expanduser()) as part:
        part.write_text(text + "\n", "utf-8")
