"""`salestui quota`: the quotas of a fiscal year, shown, changed, compared, written to a file and taken from one."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from importlib import import_module
from typing import Any

from salestui.store.settings import Settings

_ACTIONS = {
    "export": ("salestui.cli.quota.exporting", "write a year's quotas into a CSV file"),
    "import": ("salestui.cli.quota.importing", "take a CSV file of quotas into a draft"),
}
"""Each action by name: the module that does it, and one line about it."""


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    common = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    common.add_argument("--db", metavar="PATH|URL", help="the database: a path, or postgresql://host/name")
    common.add_argument("--as-of", metavar="DATE", help="the day everything is seen from, such as 2026-03-31")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (_, line) in _ACTIONS.items():
        made = actions.add_parser(name, help=line, description=line, parents=[common], allow_abbrev=False)
        _module(name).arguments(made)
        made.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace, settings: Settings) -> int:
    """Do it."""
    code: int = _module(options.action).run(options, settings)
    return code


def _module(action: str) -> Any:
    return import_module(_ACTIONS[action][0])
