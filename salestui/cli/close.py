"""`salestui close MONTH`: the months up to it are final from then on."""

from argparse import ArgumentParser, Namespace

from salestui.cli.planned import changing, planned
from salestui.cli.words import say
from salestui.store.settings import Settings


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("month", metavar="MONTH", help="the last month to close, such as 2026-03 or last-month")


def run(options: Namespace, settings: Settings) -> int:
    """Close."""
    from salestui.metrics.closing import close_months

    with planned(settings) as at:
        month, today = at.lens.calendar.parse(options.month, at.lens.on), at.lens.on
    with changing(settings, f"Close the months up to {month.label}") as begun:
        through = close_months(begun, month, today)
    say(f"Closed: the months up to {through}. Their quotas, seats and ramps stay as they are.")
    return 0
