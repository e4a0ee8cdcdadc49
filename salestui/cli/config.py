"""`salestui config`: the settings that hold, where each comes from, and where they are kept."""

from argparse import ArgumentParser, Namespace

from salestui.cli.output import as_json, emit, table
from salestui.model.values.show import NOTHING
from salestui.model.values.text import safe_line
from salestui.store.database import masked
from salestui.store.settings import KNOWN, Settings


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("action", nargs="?", choices=("show", "path"), default="show", help="what to print (show)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace, settings: Settings) -> int:
    """Print the settings, or the path of their file."""
    if options.json:
        emit(as_json({"path": settings.path} if options.action == "path" else _document(settings)))
    else:
        emit(safe_line(settings.path) if options.action == "path" else _page(settings))
    return 0


def _document(settings: Settings) -> dict[str, dict[str, str | None]]:
    """Each setting by its key: what holds, where that comes from, and what it means."""
    found: dict[str, dict[str, str | None]] = {}
    for known in KNOWN:
        value, origin = settings.values[known.key]
        shown = None if value is None else masked(value)
        found[known.key] = {"value": shown, "from": origin, "meaning": known.meaning}
    return found


def _page(settings: Settings) -> str:
    rows = [["Setting", "Value", "From", "Meaning"]]
    for known in KNOWN:
        value, origin = settings.values[known.key]
        rows.append([known.key, NOTHING if value is None else masked(value), origin, known.meaning])
    return table(rows, ["left", "left", "left", "left"])
