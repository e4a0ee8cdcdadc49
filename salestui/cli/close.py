"""`salestui close MONTH`: the months up to it are final from then on."""

from argparse import ArgumentParser, Namespace

from salestui.cli.output import as_json, emit
from salestui.cli.planned import changing, planned
from salestui.cli.words import say
from salestui.store.settings import Settings


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("month", metavar="MONTH", help="the last month to close, such as 2026-03 or last-month")
    parser.add_argument("--dry-run", action="store_true", help="say what would be closed, and write nothing")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace, settings: Settings) -> int:
    """Close."""
    from salestui.metrics.closing import close_months

    with planned(settings) as at:
        month, today = at.lens.calendar.parse(options.month, at.lens.on), at.lens.on
    with changing(settings, f"Close the months up to {month.label}", dry_run=options.dry_run) as begun:
        through = close_months(begun, month, today)
    if options.json:
        emit(as_json({"closed_through": through.isoformat(), "written": not options.dry_run}))
        return 0
    say(f"Closed: the months up to {through}. Their quotas, seats and ramps stay as they are.")
    return 0
