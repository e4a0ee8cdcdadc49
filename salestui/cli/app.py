"""`salestui app`, and `salestui` alone: open the app."""

import sys
from argparse import ArgumentParser, Namespace

from salestui.cli.opening import database, day
from salestui.model.values.errors import UsageProblem
from salestui.store import settings as user_settings
from salestui.store.database import Database
from salestui.store.settings import Settings


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--scope", metavar="NAME", help="begin with a team or a person (the whole company)")
    parser.add_argument("--period", metavar="P", help="begin with a period such as 2026Q1 or this-month (this quarter)")
    parser.add_argument("--theme", metavar="NAME", help="how it looks")
    parser.add_argument(
        "--no-mouse", dest="mouse", action="store_const", const="off", help="do not listen to the mouse"
    )


def run(options: Namespace, settings: Settings) -> int:
    """Open the app."""
    return open_app(database(settings), settings)


def open_app(place: Database, settings: Settings) -> int:
    """Open the app on a database; it needs a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageProblem(
            "The app needs a terminal.", remedy="For numbers in a script or a pipe use: salestui kpi --json"
        )
    from salestui.tui.app import start

    as_of = settings.get("as_of")
    return start(
        place,
        as_of=None if as_of is None else day(as_of),
        actor=user_settings.actor_name(settings),
        scope=settings.get("scope"),
        period=settings.get("period"),
        theme=settings.get("theme"),
        mouse=_is_on(settings.get("mouse") or "on"),
        config_folder=user_settings.config_folder(),
        state_folder=user_settings.state_folder(),
    )


def _is_on(text: str) -> bool:
    words = {"on": True, "off": False, "yes": True, "no": False, "true": True, "false": False}
    if text.lower() not in words:
        raise UsageProblem(f"{text!r} is not a way to set the mouse.", expected="on or off")
    return words[text.lower()]
