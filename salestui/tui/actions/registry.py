"""All actions, and what is made from them: bindings, words for footer and help, commands, the README's table."""

from collections.abc import Iterable, Iterator, Mapping

from textual.binding import Binding

from salestui.tui.actions import (
    editing,
    general,
    grid,
    objectives,
    people,
    performance,
    planning,
    quota_beside,
    staffing,
    today,
    versions,
)
from salestui.tui.actions.action import GENERAL, Action
from salestui.tui.actions.editing import CELL, FIELD, PICKER, PROMPT
from salestui.tui.actions.grid import GRID
from salestui.tui.actions.keys import all_shown, for_textual

_TYPING = frozenset({FIELD, PROMPT, PICKER, CELL})


class Registry:
    """Actions by id, by context and by command."""

    def __init__(self, actions: Iterable[Action], keys: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """Take the actions, and the keys that the user gave to some of them by id."""
        self._actions = {action.id: action for action in actions}
        self._keys = dict(keys or {})
        self._by_method = {(action.context, action.method): action for action in self._actions.values()}

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._actions

    def __getitem__(self, action_id: str) -> Action:
        return self._actions[action_id]

    def with_keys(self, keys: Mapping[str, tuple[str, ...]]) -> "Registry":
        """The same actions on the user's keys."""
        return Registry(self, {**self._keys, **keys})

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys that the action is on: the user's, else its own."""
        return self._keys.get(action.id, action.keys)

    def keys_shown(self, action: Action) -> str:
        """Those keys as a person reads them."""
        return all_shown(self.keys(action), action.numbered)

    def within(self, *contexts: str) -> tuple[Action, ...]:
        """The actions of these contexts."""
        return tuple(action for action in self if action.context in contexts)

    def behind(self, context: str, method: str) -> Action | None:
        """The action that this method does in this context."""
        return self._by_method.get((context, method))

    def of_binding(self, binding: Binding) -> Action | None:
        """The action that a binding belongs to."""
        name = binding.id or ""
        return self._actions.get(name) or self._actions.get(name.rpartition(".")[0])

    def commands(self, *contexts: str) -> dict[str, Action]:
        """The actions of these contexts that have a name on the command line, by that name."""
        return {action.command: action for action in self.within(*contexts) if action.command}

    def bindings(self, *contexts: str) -> list[Binding]:
        """The actions of these contexts as Textual's bindings, on their own keys."""
        return [binding for action in self.within(*contexts) for binding in _bindings(action)]

    def only(self, *action_ids: str) -> list[Binding]:
        """These actions alone as Textual's bindings."""
        return [binding for action_id in action_ids for binding in _bindings(self[action_id])]

    def keymap(self) -> dict[str, str]:
        """The user's keys in the form of Textual's keymap."""
        found: dict[str, str] = {}
        for action_id, keys in self._keys.items():
            if self[action_id].numbered:
                found |= {f"{action_id}.{number}": for_textual([key]) for number, key in enumerate(keys, 1)}
            else:
                found[action_id] = for_textual(keys)
        return found

    def chords(self) -> set[str]:
        """All keys that are two pressed one after another."""
        return {key for action in self for key in self.keys(action) if " " in key}

    def clashes(self) -> Iterator[tuple[str, Action, Action]]:
        """Every key that means two things at once, with the two; a key is taken too where another begins with it."""
        taken: list[tuple[str, Action]] = []
        for action in self:
            for key in self.keys(action):
                for other_key, other in taken:
                    if _same_start(key, other_key) and meet(action.context, other.context):
                        yield key, other, action
                taken.append((key, action))

    def markdown_table(self) -> str:
        """The table of keys and commands for the README."""
        lines = ["| | Keys | Command | What it does |", "|---|---|---|---|"]
        group = ""
        for action in sorted(self, key=lambda action: self._group_order().index(action.group)):
            keys = " ".join(f"`{key}`" for key in self.keys_shown(action).split(" ")) if action.keys else ""
            if action.numbered:
                keys = f"`{self.keys_shown(action)}`"
            command = f"`:{action.command}{' ' if action.argument else ''}{action.argument}`" if action.command else ""
            heading, group = ("" if action.group == group else f"**{action.group}**"), action.group
            cells = (heading, keys, command, action.help)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        return "\n".join(lines) + "\n"

    def _group_order(self) -> list[str]:
        return list(dict.fromkeys(action.group for action in self))


def meet(context: str, other: str) -> bool:
    """Whether the keys of the two contexts are bound at the same time."""
    if context == other:
        return True
    if {context, other} <= _TYPING:
        return FIELD in {context, other}
    return _TYPING.isdisjoint({context, other}) and bool({GENERAL, GRID} & {context, other})


def _same_start(key: str, other: str) -> bool:
    return key == other or key.startswith(f"{other} ") or other.startswith(f"{key} ")


def _bindings(action: Action) -> list[Binding]:
    if action.numbered:
        return [
            Binding(for_textual([key]), f"{action.does}({number})", action.title, id=f"{action.id}.{number}")
            for number, key in enumerate(action.keys, 1)
        ]
    if not action.keys:
        return []
    return [Binding(for_textual(action.keys), action.does, action.title, id=action.id)]


REGISTRY = Registry(
    (
        *today.ACTIONS,
        *planning.ACTIONS,
        *quota_beside.ACTIONS,
        *objectives.ACTIONS,
        *versions.ACTIONS,
        *people.ACTIONS,
        *staffing.ACTIONS,
        *performance.ACTIONS,
        *general.ACTIONS,
        *grid.ACTIONS,
        *editing.ACTIONS,
    )
)
