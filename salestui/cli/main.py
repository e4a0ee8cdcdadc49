"""The command line: finds the command, its settings and its exit code."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from salestui.model.values.errors import Problem
from salestui.model.values.text import safe
from salestui.store import settings as user_settings
from salestui.store.settings import Settings


class _Command(NamedTuple):
    """A command: its name, the module that does it, and one line about it."""

    name: str
    module: str
    help: str


COMMANDS = (
    _Command("app", "salestui.cli.app", "open the app (what happens without a command)"),
    _Command("kpi", "salestui.cli.kpi", "KPIs at a glance"),
    _Command("demo", "salestui.cli.demo", "load the demo company and open the app on it"),
    _Command("import", "salestui.cli.importing", "load CSV files"),
    _Command("db", "salestui.cli.db", "prepare, upgrade, check, back up and restore the database"),
    _Command("history", "salestui.cli.history", "what was changed, by whom and why; undo and redo"),
    _Command("config", "salestui.cli.config", "show the settings, or where they are kept"),
    _Command("completion", "salestui.cli.completion", "print the completion script of a shell"),
)

UNEXPECTED = 70
"""The exit code of a mistake in the program itself (EX_SOFTWARE)."""


class CommandModule(Protocol):
    """What a command's module offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its arguments."""

    def run(self, options: argparse.Namespace, settings: Settings) -> int:
        """Do it, and return the exit code."""


def run(argv: Sequence[str]) -> int:
    """Run `argv` and return the exit code: 0 done, 1 a check is false, 2 usage, 3 bad data, 4 no database."""
    try:
        return _dispatch(argv)
    except Problem as problem:
        print(f"salestui: {safe(str(problem))}", file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        print("salestui: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  (the outermost boundary: no traceback with data on a shared screen)
        from salestui.store.crash import report

        print(f"salestui: {report(error)}", file=sys.stderr)
        return UNEXPECTED


def _dispatch(argv: Sequence[str]) -> int:
    chosen = next((word for word in argv if word in {command.name for command in COMMANDS}), None)
    options = parser(chosen).parse_args(argv)
    given = {known.key: getattr(options, known.key, None) for known in user_settings.KNOWN}
    settings = user_settings.load(given)
    return _module(getattr(options, "command", None) or "app").run(options, settings)


def parser(chosen: str | None = None) -> argparse.ArgumentParser:
    """The whole parser, or (for speed) one that knows the arguments of the chosen command only."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--db", metavar="PATH|URL", help="the database: a path, or postgresql://host/name")
    common.add_argument("--as-of", metavar="DATE", help="the day everything is seen from, such as 2026-03-31")
    root = argparse.ArgumentParser(
        prog="salestui", description="A sales manager's workbench in a terminal.", parents=[common], allow_abbrev=False
    )
    root.add_argument("--version", action=_Version, help="print the version")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, _module_name, line in COMMANDS:
        if chosen is not None and name != chosen:
            commands.add_parser(name, add_help=False)
            continue
        sub = commands.add_parser(name, help=line, description=line, parents=[common], allow_abbrev=False)
        _module(name).arguments(sub)
    return root


def _module(name: str) -> CommandModule:
    from importlib import import_module

    module: CommandModule = import_module(next(c.module for c in COMMANDS if c.name == name))
    return module


class _Version(argparse.Action):
    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002  (argparse's name)
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        parser.exit(message=f"salestui {version('salestui')}\n")
