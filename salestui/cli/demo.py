"""`salestui demo`: a company that is ready to look at, in a database of its own."""

import os
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from salestui.cli.opening import database
from salestui.cli.words import say
from salestui.model.values.errors import DatabaseProblem
from salestui.store import settings as user_settings
from salestui.store.settings import Settings

if TYPE_CHECKING:
    from salestui.store.database import Database


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--no-app", action="store_true", help="just build the database")


def run(options: Namespace, settings: Settings) -> int:
    """Build the demo database unless it is there already, then open the app on it."""
    place = _place(settings)
    if _is_there(place):
        say(f"The demo company is already in {place}.")
    else:
        build(place)
    if options.no_app:
        return 0
    from salestui.cli.app import open_app

    return open_app(place, settings)


def _place(settings: Settings) -> "Database":
    """The database that is named, or else one beside the user's own, which the demo never touches."""
    from salestui.store.database import Database

    if settings.values["db"].origin == "default":
        return Database("sqlite", os.path.join(user_settings.data_folder(), "demo.db"))
    return database(settings)


def _is_there(place: "Database") -> bool:
    """Whether the demo company is there. A database that holds another one is left alone."""
    from salestui.process.demo import is_demo
    from salestui.store.quick import open_reader
    from salestui.store.schema import found_version

    if found_version(place) is None:
        return False
    with open_reader(place) as reader:
        found = is_demo(reader)
    if found is False:
        raise DatabaseProblem(
            "This database holds a company of its own.",
            where=str(place),
            remedy="Name another one for the demo: salestui demo --db PATH",
        )
    return bool(found)


def build(place: "Database") -> None:
    """Load the demo company, and say so."""
    from salestui.process.demo import load_demo

    say(f"Loading the demo company into {place} …")
    day = load_demo(place, datetime.now(UTC).date())
    say(f"Its last day is {day:%A, %d %B %Y}: everything is seen as of that day.")
