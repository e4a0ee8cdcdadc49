"""`salestui history`: what was changed, by whom and why; undo and redo."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from salestui.cli.opening import database
from salestui.cli.output import as_json, emit, table
from salestui.cli.words import say
from salestui.model.values.errors import UsageProblem
from salestui.store.settings import Settings, actor_name

if TYPE_CHECKING:
    from salestui.store.database import Database
    from salestui.store.history import ChangeView

_LATEST = 20


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "action", nargs="?", choices=("undo", "redo"), help="take back your last change, or do it again"
    )
    parser.add_argument("--limit", type=int, metavar="N", help=f"how many changes, the latest first ({_LATEST})")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace, settings: Settings) -> int:
    """Print the history, or take a change back."""
    place = database(settings)
    if options.action is not None:
        return _take_back(place, options.action, settings)
    limit = _LATEST if options.limit is None else options.limit
    if limit < 1:
        raise UsageProblem(f"--limit is {limit}.", expected="how many changes to print, such as 20")
    from salestui.store.history import recent

    changes = recent(place, limit=limit)
    emit(as_json([_document(change) for change in changes]) if options.json else _page(place, changes))
    return 0


def _take_back(place: "Database", action: str, settings: Settings) -> int:
    from salestui.metrics.work import redo_last, undo_last
    from salestui.store.schema import open_current
    from salestui.store.work import Actor

    step, said = (undo_last, "Undone") if action == "undo" else (redo_last, "Done again")
    say(f"{said}: {step(open_current(place, write=True), Actor(actor_name(settings)))}")
    return 0


def _document(change: "ChangeView") -> dict[str, object]:
    return {
        "number": change.number,
        "id": str(change.id),
        "at": change.at.isoformat(),
        "actor": change.actor,
        "reason": change.reason,
        "story": list(change.story),
        "kind": change.kind,
        "rows": change.rows,
        "stands": change.stands,
    }


def _page(place: "Database", changes: "tuple[ChangeView, ...]") -> str:
    from salestui.store.company import read_company
    from salestui.store.quick import open_reader

    with open_reader(place) as reader:
        company = read_company(reader)
    rows = [["#", "When", "Who", "Kind", "Rows", "", "What"]]
    for change in changes:
        when = f"{company.local(change.at):%Y-%m-%d %H:%M}"
        stands = "" if change.stands else "undone"
        rows.append([f"{change.number}", when, change.actor, change.kind, f"{change.rows:,}", stands, change.reason])
    return table(rows, ["right", "left", "left", "left", "right", "left", "left"])
