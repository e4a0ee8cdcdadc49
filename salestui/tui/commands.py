"""The command line: `scope West` is the action `scope` with the argument `West`."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.tui.actions.action import Action

Completer = Callable[[str, str], Sequence[str]]
"""What completes an argument: asked with the kind of argument and what is typed of it."""


class Command(NamedTuple):
    """An action, and the argument it was given."""

    action: Action
    argument: str


def parse(line: str, commands: Mapping[str, Action]) -> Command:
    """The command a line names: by its name, its key, or the beginning of its name, if no other's begins so too.

    UsageProblem says what there is, or what it could be.
    """
    name, _, argument = line.strip().partition(" ")
    argument = argument.strip()
    found = [name] if name in commands else [other for other, action in commands.items() if name in action.keys]
    found = found or [other for other in commands if other.startswith(name)]
    if not found:
        raise UsageProblem(f"There is no command “{safe_line(name)}”", expected="one of " + ", ".join(sorted(commands)))
    if len(found) > 1:
        raise UsageProblem(f"“{safe_line(name)}” could be " + " or ".join(sorted(found)))
    action = commands[found[0]]
    if argument and not action.argument:
        raise UsageProblem(f"The command {found[0]} takes nothing after it", remedy=f"Type just: {found[0]}")
    return Command(action, argument)


def complete(line: str, commands: Mapping[str, Action], completer: Completer) -> tuple[str, ...]:
    """The whole lines that what is typed could become."""
    name, space, argument = line.lstrip().partition(" ")
    if not space:
        return tuple(other for other in sorted(commands) if other.startswith(name) and other != name)
    action = commands.get(name)
    if action is None or not action.completes:
        return ()
    argument = argument.strip()
    return tuple(f"{name} {choice}" for choice in completer(action.completes, argument) if choice != argument)


def matching(typed: str, choices: Sequence[str]) -> tuple[str, ...]:
    """The choices that hold what is typed, those that begin with it first."""
    wanted = typed.casefold()
    found = [choice for choice in choices if wanted in choice.casefold()]
    return tuple(sorted(found, key=lambda choice: not choice.casefold().startswith(wanted)))
