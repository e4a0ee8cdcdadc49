"""`salestui quota`: the quotas of a fiscal year, shown, changed, compared, written to a file and taken from one."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import NamedTuple

from salestui.cli.actions import with_actions
from salestui.cli.quota import comparing, editing, exporting, importing, moving, showing, step, versions
from salestui.store.settings import Settings


class _Action(NamedTuple):
    line: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Settings], int]


_ACTIONS = {
    "show": _Action("print a year's quotas", showing.arguments, showing.run),
    "set": _Action("set a quota, or a sum of quotas", editing.set_arguments, editing.run_set),
    "scale": _Action("raise or lower quotas by a share", editing.scale_arguments, editing.run_scale),
    "spread": _Action("spread a sum over quotas", editing.spread_arguments, editing.run_spread),
    "step": _Action("spread the sums of the year's draft in steps of an amount", step.arguments, step.run),
    "submit": _Action("hand the year's draft in to be approved", moving.arguments, moving.run),
    "return": _Action("give back what was submitted or approved, to be a draft", moving.arguments, moving.run),
    "approve": _Action("approve what was submitted", moving.arguments, moving.run),
    "publish": _Action("put what is approved into force", moving.arguments, moving.run),
    "import": _Action("take a CSV file of quotas into a draft", importing.arguments, importing.run),
    "export": _Action("write a year's quotas into a CSV file", exporting.arguments, exporting.run),
    "versions": _Action("list the versions of a year's quotas", versions.arguments, versions.run),
    "diff": _Action("compare two versions", comparing.arguments, comparing.run),
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    made = with_actions(parser, {name: action.line for name, action in _ACTIONS.items()})
    for name, action in _ACTIONS.items():
        action.arguments(made[name])


def run(options: Namespace, settings: Settings) -> int:
    """Do it."""
    return _ACTIONS[options.action].run(options, settings)
