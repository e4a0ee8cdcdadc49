"""The command line: finds the command, its settings and its exit code."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn, Protocol

from salestui.model.values.errors import Problem, UsageProblem
from salestui.model.values.text import fit, safe, safe_line
from salestui.store import settings as user_settings
from salestui.store.settings import Settings

COMMANDS = {
    "app": ("salestui.cli.app", "open the app (what happens without a command)"),
    "kpi": ("salestui.cli.kpi", "KPIs at a glance"),
    "demo": ("salestui.cli.demo", "load the demo company and open the app on it"),
    "import": ("salestui.cli.importing", "load CSV files"),
    "quota": ("salestui.cli.quota.command", "quotas of a year: show, set, compare, import and export them"),
    "objective": ("salestui.cli.objective", "objectives beside last year, quotas and actuals; set, submit, approve"),
    "season": ("salestui.cli.season", "the season's shape: twelve weights, typed or measured from past sales"),
    "seat": ("salestui.cli.seat", "seats: held, vacant and planned; open, close, fill and leave them"),
    "ramp": ("salestui.cli.ramp", "ramps by which the quotas of new people grow; who follows one"),
    "relief": ("salestui.cli.relief", "quota that people are relieved of for a time"),
    "close": ("salestui.cli.close", "close months: what they hold stays as it is"),
    "reopen": ("salestui.cli.reopen", "open closed months again, with a reason"),
    "db": ("salestui.cli.db", "prepare, upgrade, check, back up and restore the database"),
    "history": ("salestui.cli.history", "what was changed, by whom and why; undo and redo"),
    "config": ("salestui.cli.config", "show the settings, or where they are kept"),
    "completion": ("salestui.cli.completion", "print the completion script of a shell"),
}
"""Each command by name: the module that does it, and one line about it."""

_ABOUT = frozenset({"-h", "--help", "--version"})
_COMMON = (
    ("--db", "PATH|URL", "the database: a path, or postgresql://host/name"),
    ("--as-of", "DATE", "the day everything is seen from, such as 2026-03-31"),
)
# The program speaks English: for argparse to look for translations of its few words costs more than reading a KPI.
vars(argparse)["_"] = str

_VALUED = frozenset(option for option, _, _ in _COMMON)

_YOUNG_THINGS = 200_000
"""So many new objects before a look for garbage: by default it is looked for so often that starting the app takes a
tenth longer, and a large import a fifth, without finding any."""

_ACTION_WORDS = 2
"""So many blanks are in what an action is called by: `salestui quota set`."""

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
    gc.set_threshold(_YOUNG_THINGS)
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
    chosen = _command_in(argv)
    if chosen is None and argv and not argv[0].startswith("-"):
        raise _unknown_command(argv[0])
    if chosen is None and all(word.startswith("-") for word in argv[:1]) and not _ABOUT & set(argv):
        chosen, argv = "app", ["app", *argv]
    if chosen == argv[0]:
        sub = _fill(_Parser(prog=f"salestui {chosen}", description=COMMANDS[chosen][1]), chosen)
        options, strange = sub.parse_known_args(argv[1:], argparse.Namespace(command=chosen))
        if strange and chosen == "app" and not strange[0].startswith("-"):
            raise _unknown_command(strange[0])
        if strange:
            sub.error(f"unrecognized arguments: {' '.join(strange)}")
    else:
        options = parser(chosen or "").parse_args(argv)
    given = {known.key: getattr(options, known.key, None) for known in user_settings.KNOWN}
    settings = user_settings.load(given)
    return _module(options.command).run(options, settings)


def _command_in(argv: Sequence[str]) -> str | None:
    """The first word that is a command, and not the value of an option before it."""
    for before, word in zip(("", *argv), argv, strict=False):
        if word in COMMANDS and before not in _VALUED:
            return word
    return None


def _unknown_command(word: str) -> UsageProblem:
    import difflib

    near = difflib.get_close_matches(word, list(COMMANDS), 1)
    return UsageProblem(
        f"There is no command {fit(safe_line(word), 40)!r}",
        expected=", ".join(COMMANDS),
        remedy=f"Did you mean {near[0]}?" if near else "",
    )


def parser(chosen: str | None = None) -> argparse.ArgumentParser:
    """The whole parser, or for speed one of the chosen command alone; with "" for it, of all but their arguments."""
    root = _Parser(prog="salestui", description="A sales manager's workbench in a terminal.")
    _add_common(root)
    root.add_argument("--version", action=_Version, help="print the version")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", title="commands", required=True, prog="salestui")
    for name, (_, line) in COMMANDS.items():
        if not chosen or name == chosen:
            sub = commands.add_parser(name, help=line, description=line)
            if chosen != "":
                _fill(sub, name)
    return root


class _Formatter(argparse.HelpFormatter):
    """Help for 80 columns: to ask how wide the terminal is would cost every command a slow import."""

    def __init__(self, prog: str, **how: Any) -> None:
        super().__init__(prog, **{"width": 78, **how})


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints carry no control characters of what was typed."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, "allow_abbrev": False, **how})

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does; what an action of a command does not know is told with the action's own usage."""
        found, strange = super().parse_known_args(args, namespace)
        if strange and self.prog.count(" ") >= _ACTION_WORDS:
            self.error(f"unrecognized arguments: {' '.join(strange)}")
        return found, strange

    def error(self, message: str) -> NoReturn:
        super().error(safe(message))


def _fill(parser: argparse.ArgumentParser, name: str) -> argparse.ArgumentParser:
    """The parser with the arguments of a command."""
    _add_common(parser)
    _module(name).arguments(parser)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    for option, metavar, line in _COMMON:
        parser.add_argument(option, metavar=metavar, default=argparse.SUPPRESS, help=line)


def _module(name: str) -> CommandModule:
    from importlib import import_module

    module: CommandModule = import_module(COMMANDS[name][0])
    return module


class _Version(argparse.Action):
    def __init__(self, option_strings: Sequence[str], dest: str, **more: Any) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"salestui {version('salestui')}")
        parser.exit()
