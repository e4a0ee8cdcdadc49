"""`salestui completion`: the script that lets a shell complete this program's commands and options."""

from argparse import Action, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from typing import Any

from salestui.cli.output import emit
from salestui.cli.words import say
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.store.settings import Settings

_INSTALLED = {
    "bash": 'eval "$(salestui completion bash)" in ~/.bashrc',
    "zsh": "salestui completion zsh > a folder of $fpath/_salestui",
    "fish": "salestui completion fish > ~/.config/fish/completions/salestui.fish",
    "tcsh": "salestui completion tcsh in ~/.tcshrc",
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("shell", metavar="SHELL", help=", ".join(_INSTALLED))


def run(options: Namespace, _settings: Settings) -> int:
    """Print the script."""
    import shtab

    from salestui.cli.main import parser

    if options.shell not in _INSTALLED:
        raise UsageProblem(
            f"There is no completion for {safe_line(options.shell)!r}.", expected="one of " + ", ".join(_INSTALLED)
        )
    whole = parser()
    for action in _actions(whole):
        if action.metavar is not None and "PATH" in action.metavar:
            vars(action)["complete"] = shtab.FILE
    emit(shtab.complete(whole, options.shell))
    say(f"To keep it: {_INSTALLED[options.shell]}")
    return 0


def _actions(parser: ArgumentParser) -> Iterator[Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, _SubParsersAction):
            commands: dict[str, Any] = action.choices
            for command in commands.values():
                yield from _actions(command)
