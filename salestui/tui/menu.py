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
    for action in registry.commands(screen.CONTEXT).values():
        found.setdefault(action.id, Entry(action, screen, not screen.refusal(action.method)))
    for action in registry.commands(GENERAL).values():
        found.setdefault(action.id, Entry(action, screen.app, True))
    order = [action.id for context in (screen.CONTEXT, GRID, GENERAL) for action in registry.within(context)]
    return dict(sorted(found.items(), key=lambda item: order.index(item[0])))


def titles(found: Iterable[Entry], registry: Registry) -> list[Choice]:
    """The actions by what they are called, moving about in tables last: for who knows what to do, and not how."""
    return [
        Choice(entry.action.id, entry.action.title, keys=_keys(entry.action, registry), note=_note(entry))
        for entry in sorted(found, key=lambda entry: entry.action.context == GRID)
    ]


def explanations(found: Iterable[Entry], registry: Registry) -> list[Choice]:
    """The actions by their keys: for who wants to know what a key does."""
    return [
        Choice(entry.action.id, _keys(entry.action, registry), entry.action.help, note=_note(entry))
        for entry in found
        if _keys(entry.action, registry)
    ]


def things(found: Iterable[Thing]) -> list[Choice]:
    """The things as lines to choose from."""
    return [Choice(_value(known), known.label, f"{known.kind}  {known.detail}") for known in found]


def thing(value: str, found: Iterable[Thing]) -> Thing:
    """The thing that a line of `things` stands for."""
    return next(known for known in found if _value(known) == value)


def _value(known: Thing) -> str:
    return f"thing:{known.kind}:{known.key}"


def _keys(action: Action, registry: Registry) -> str:
    return registry.keys_shown(action) or (f":{action.command} {action.argument}".rstrip() if action.command else "")


def _note(entry: Entry) -> str:
    needs = entry.action.needs
    return entry.action.help if entry.enabled or needs is None else f"{entry.action.help} Not now: {needs.reason}"
