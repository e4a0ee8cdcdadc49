"""What can be done here, as a list: for the palette and for the help."""

from collections.abc import Iterable
from typing import NamedTuple

from textual.dom import DOMNode

from salestui.tui.actions.action import GENERAL, Action
from salestui.tui.actions.grid import GRID
from salestui.tui.actions.registry import Registry
from salestui.tui.ports import Thing
from salestui.tui.screens.base import BaseScreen
from salestui.tui.widgets.choices import Choice


class Entry(NamedTuple):
    """An action, whose it is, and whether it can be done now."""

    action: Action
    node: DOMNode
    enabled: bool


def entries(screen: BaseScreen[object], registry: Registry) -> dict[str, Entry]:
    """The actions that the keys and commands of this screen mean now, its own first."""
    found: dict[str, Entry] = {}
    for active in screen.active_bindings.values():
        action = registry.of_binding(active.binding)
        if action is not None:
            found.setdefault(action.id, Entry(action, active.node, active.enabled))
    for action in registry.commands(GENERAL).values():
        found.setdefault(action.id, Entry(action, screen.app, True))
    order = (screen.CONTEXT, GRID, GENERAL)
    return dict(sorted(found.items(), key=lambda item: order.index(item[1].action.context)))


def lines(found: Iterable[Entry], registry: Registry) -> list[Choice]:
    """The actions as lines to choose from."""
    return [_line(entry, registry) for entry in found]


def things(found: Iterable[Thing]) -> list[Choice]:
    """The things as lines to choose from."""
    return [Choice(_value(known), known.label, f"{known.kind}  {known.detail}") for known in found]


def thing(value: str, found: Iterable[Thing]) -> Thing:
    """The thing that a line of `things` stands for."""
    return next(known for known in found if _value(known) == value)


def _value(known: Thing) -> str:
    return f"thing:{known.kind}:{known.key}"


def _line(entry: Entry, registry: Registry) -> Choice:
    action = entry.action
    keys = registry.keys_shown(action) or (f":{action.command}" if action.command else "")
    reason = "" if entry.enabled or action.needs is None else f" Not now: {action.needs.reason}"
    return Choice(action.id, action.title, action.help, keys, f"{action.help}{reason}")
