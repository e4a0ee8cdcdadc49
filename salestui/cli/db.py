"""`salestui db`: prepare, upgrade, check, back up and restore the database."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from salestui.cli.opening import database
from salestui.cli.output import as_json, emit
from salestui.cli.words import say
from salestui.model.values.text import safe_line
from salestui.store.settings import Settings
from salestui.store.version import HEAD, refuse_unless_current

if TYPE_CHECKING:
    from salestui.metrics.checking import Findings
    from salestui.store.database import Database

_ACTIONS = {
    "init": "prepare an empty database",
    "upgrade": "bring the database up to this program's version; a backup is made first",
    "check": "look whether the file is sound and every number adds up",
    "backup": "write a backup; prints where it is",
    "restore": "put a backup in the database's place; prints where the old one is kept",
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    common = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    common.add_argument("--db", metavar="PATH|URL", help="the database: a path, or postgresql://host/name")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    made = {
        name: actions.add_parser(name, help=line, description=line, parents=[common], allow_abbrev=False)
        for name, line in _ACTIONS.items()
    }
    made["check"].add_argument("--json", action="store_true", help="print JSON")
    made["check"].add_argument("--repair", action="store_true", help="derive the numbers anew where they do not add up")
    made["backup"].add_argument("file", nargs="?", metavar="PATH", help="where to (a dated file beside the database)")
    made["restore"].add_argument("file", metavar="PATH", help="the backup")


def run(options: Namespace, settings: Settings) -> int:
    """Do it."""
    place = database(settings)
    if options.action == "init":
        return _init(place)
    if options.action == "upgrade":
        return _upgrade(place)
    if options.action == "check":
        return _check(place, repair=options.repair, as_data=options.json)
    return _backup(place, options.file) if options.action == "backup" else _restore(place, options.file)


def _init(place: "Database") -> int:
    from salestui.store.schema import found_version, upgrade

    found = found_version(place)
    if found is None:
        upgrade(place)
        say(f"{place} is prepared. Load your data with: salestui import PATH")
    else:
        refuse_unless_current(found, str(place))
        say(f"{place} is prepared already.")
    return 0


def _upgrade(place: "Database") -> int:
    from salestui.metrics.derive import rebuild
    from salestui.store.schema import found_version, upgrade

    found = found_version(place)
    if found is None:
        refuse_unless_current(found, str(place))
    if found == HEAD:
        say(f"{place} is up to date already.")
        return 0
    made = upgrade(place, after=rebuild)
    say(f"{place} is brought from version {found} to {HEAD}.")
    if made is not None:
        say("The backup that was made before is:")
        emit(safe_line(str(made)))
    return 0


def _check(place: "Database", *, repair: bool, as_data: bool) -> int:
    from salestui.metrics import checking

    findings = checking.check(place)
    if repair and not findings.sound:
        checking.repair(place)
        say("The numbers are derived anew.")
        findings = checking.check(place)
    emit(as_json(_document(place, findings)) if as_data else _page(place, findings))
    if findings.sound:
        say("Everything holds.")
        return 0
    say(_remedy(findings))
    return 1


def _remedy(findings: "Findings") -> str:
    broken = {check.name for check in findings.checks if check.broken}
    if "file" in broken:
        return "The file is damaged. Put a backup in its place with: salestui db restore PATH"
    if broken & {"references", "credits", "derived"}:
        return "Rows do not fit together. Put right what is named above, or undo the change that brought it."
    return "Numbers do not add up. Derive them anew with: salestui db check --repair"


def _document(place: "Database", findings: "Findings") -> dict[str, Any]:
    engine = findings.engine
    return {
        "database": str(place),
        "schema": HEAD,
        "engine": engine.name,
        "engine_version": engine.version,
        "journal_mode": engine.journal_mode,
        "remark": engine.remark,
        "sound": findings.sound,
        "checks": [
            {"name": check.name, "promise": check.promise, "broken": check.broken, "found": list(check.found)}
            for check in findings.checks
        ],
    }


def _page(place: "Database", findings: "Findings") -> str:
    engine = findings.engine
    journal = f", journal mode {engine.journal_mode}: {engine.remark}" if engine.journal_mode else ""
    lines = [f"{place}, version {HEAD}", f"{engine.name} {engine.version}{journal}", ""]
    for check in findings.checks:
        lines.append(
            f"{'NO' if check.broken else 'ok'}  {check.promise}" + (f": {check.broken}" if check.broken else "")
        )
        lines += [f"      {each}" for each in check.found]
        if check.broken > len(check.found):
            lines.append(f"      and {check.broken - len(check.found)} more")
    return "\n".join(safe_line(line) for line in lines)


def _backup(place: "Database", file: str | None) -> int:
    from pathlib import Path

    from salestui.store.backup import make

    made = make(place, None if file is None else Path(file).expanduser())
    say(f"{place} is backed up, and the backup is sound:")
    emit(safe_line(str(made)))
    return 0


def _restore(place: "Database", file: str) -> int:
    from pathlib import Path

    from salestui.store.backup import restore
    from salestui.store.schema import found_version

    kept = restore(place, Path(file).expanduser())
    say(f"{place} is restored.")
    if found_version(place) != HEAD:
        say("The backup is of an older version. Bring it up to date with: salestui db upgrade")
    if kept is not None:
        say("What was there before is kept:")
        emit(safe_line(str(kept)))
    return 0
