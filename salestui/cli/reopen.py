"""`salestui reopen MONTH`: that month and those after it can change again."""

from argparse import ArgumentParser, Namespace

from salestui.cli.output import as_json, emit
from salestui.cli.planned import changing, planned
from salestui.cli.words import say
from salestui.store.settings import Settings


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("month", metavar="MONTH", help="the first month to open again, such as 2026-03")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why")
    parser.add_argument("--dry-run", action="store_true", help="say what would be opened, and write nothing")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace, settings: Settings) -> int:
    """Open them again."""
    from salestui.metrics.closing import reopen_months

    with planned(settings) as at:
        month = at.lens.calendar.parse(options.month, at.lens.on)
    with changing(settings, f"Open the months from {month.label} on again", dry_run=options.dry_run) as begun:
        first = reopen_months(begun, month, options.reason)
    if options.json:
        emit(as_json({"open_from": first.isoformat(), "written": not options.dry_run}))
        return 0
    say(f"Open again: what is from {first} on.")
    return 0
