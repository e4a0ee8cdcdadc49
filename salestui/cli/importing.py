"""`salestui import`: load CSV files, see what a load would do, list where local values differ from their source."""

import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from salestui.cli.opening import database
from salestui.cli.output import as_json, emit, table
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.store.settings import Settings, actor_name

if TYPE_CHECKING:
    from salestui.exchange.trouble import Pulse

REFUSED = 3
STOPPED = 130


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help="files to load, or folders of them")
    parser.add_argument("--mapping", metavar="FILE|NAME", help="how to read the files: a TOML file, or a name")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    parser.add_argument(
        "--skip-refused", action="store_true", help="load the rest where rows are refused, instead of nothing"
    )
    parser.add_argument(
        "--differences", action="store_true", help="list where values changed here differ from their source"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace, settings: Settings) -> int:
    """Do it; the exit code is 3 where something was refused and therefore nothing written."""
    if options.differences:
        if options.paths:
            raise UsageProblem("--differences takes no files", expected="salestui import --differences")
        return _differences(options, settings)
    if not options.paths:
        raise UsageProblem("There is nothing to load", expected="salestui import FILE_OR_FOLDER…")
    from salestui.exchange.importing import import_files
    from salestui.exchange.mapping_file import find_mapping
    from salestui.exchange.report import as_json as plain
    from salestui.exchange.report import as_lines
    from salestui.exchange.trouble import Cancelled
    from salestui.store.work import Actor

    mapping = find_mapping(options.mapping) if options.mapping else None
    actor = Actor(actor_name(settings))
    how = {"dry_run": options.dry_run, "skip_refused": options.skip_refused}
    try:
        with attended() as pulse:
            report = import_files(options.paths, mapping, database(settings), actor, pulse, **how)
    except Cancelled:
        print("salestui: stopped; nothing was written.", file=sys.stderr)
        return STOPPED
    emit(as_json(plain(report)) if options.json else "\n".join(as_lines(report)))
    return REFUSED if report.stopped or (report.refused and not options.skip_refused) else 0


def _differences(options: Namespace, settings: Settings) -> int:
    from dataclasses import asdict

    from salestui.exchange.differences import read_differences
    from salestui.store.schema import open_current

    engine = open_current(database(settings), write=False)
    try:
        found = read_differences(engine)
    finally:
        engine.dispose()
    if options.json:
        emit(as_json([asdict(each) for each in found]))
        return 0
    if not found:
        emit("Nothing that came from elsewhere was changed here.")
        return 0
    rows = [["Record", "Id at source", "Field", "Source says", "Here it is", "Since", "By"]]
    for each in found:
        since = "–" if each.since is None else f"{each.since.astimezone():%Y-%m-%d %H:%M}"
        record = f"{each.table} {each.name}"
        values = [each.theirs or "–", each.ours or "–"]
        rows.append([record, each.source_id, each.field, *values, since, each.by or "–"])
    emit(table(rows, ["left"] * len(rows[0])))
    return 0


class _Steps:
    """One line for each step, as it begins."""

    def __init__(self) -> None:
        self._last = ""

    def tell(self, step: str, _done: int, _total: int) -> None:
        if step != self._last:
            self._last = step
            print(safe_line(step), file=sys.stderr, flush=True)


def _silent(_step: str, _done: int, _total: int) -> None:
    """Tell nothing, where nobody looks on."""


@contextmanager
def attended() -> "Iterator[Pulse]":
    """An import that tells each step to whoever looks on, and that Ctrl-C stops where a commit is not torn by it."""
    from salestui.exchange.trouble import Pulse

    pressed = False

    def press(_signal: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True

    before = signal.signal(signal.SIGINT, press)
    try:
        yield Pulse(_Steps().tell if sys.stderr.isatty() else _silent, lambda: pressed)
    finally:
        signal.signal(signal.SIGINT, before)
