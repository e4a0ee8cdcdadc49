"""The user's own keys: `keymap.toml` in the configuration folder.

    [general]
    quit = "ctrl+x"
    help = ["?", "f1"]

The name before the dot of an action's id is the table, the one after it the entry (`general.quit = "ctrl+x"` is the
same). A numbered action takes as many keys as it has. Every id stands in the help and in the README.
"""

import os
from collections.abc import Mapping

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.tui.actions.action import Action
from salestui.tui.actions.keys import is_key, shown
from salestui.tui.actions.registry import Registry

FILE = "keymap.toml"


def load(folder: str, registry: Registry) -> Registry:
    """The registry on the keys of the user's file; itself where there is none. UsageProblem says what is wrong."""
    path = os.path.join(folder, FILE)
    wanted = _flat(_read(path))
    if not wanted:
        return registry
    keys = {action_id: _keys(action_id, value, registry, path) for action_id, value in wanted.items()}
    bound = registry.with_keys(keys)
    for key, first, second in bound.clashes():
        raise UsageProblem(
            f"The key {shown(key)} is on both {first.id} ({first.title}) and {second.id} ({second.title})",
            where=path,
            remedy="Give one of them another key.",
        )
    return bound


def _read(path: str) -> dict[str, object]:
    if not os.path.exists(path):
        return {}
    import tomllib

    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise UsageProblem(f"The keymap cannot be read: {error.strerror}", where=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem(
            f"The keymap is not valid TOML: {safe_line(str(error))}",
            where=path,
            remedy="Mend that line, or move the file away.",
        ) from error


def _flat(tables: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in tables.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = value
    return found


def _keys(action_id: str, value: object, registry: Registry, path: str) -> tuple[str, ...]:
    if action_id not in registry:
        raise UsageProblem(
            f"There is no action “{safe_line(action_id)}”", where=path, expected=_closest(action_id, registry)
        )
    action = registry[action_id]
    keys = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not keys or not all(isinstance(key, str) for key in keys):
        raise UsageProblem(
            f"{action_id} has no key", where=path, expected=f'{action_id} = "x", or several in a list: ["x", "ctrl+y"]'
        )
    for key in keys:
        if not is_key(key):
            raise UsageProblem(
                f"“{safe_line(key)}”, given to {action_id}, is not a key",
                where=path,
                expected="a key such as x, X, ?, f5, ctrl+x, pagedown, or two after one another: g x",
            )
    _check_count(action, keys, path)
    return keys


def _check_count(action: Action, keys: tuple[str, ...], path: str) -> None:
    if action.numbered and len(keys) != len(action.keys):
        raise UsageProblem(
            f"{action.id} has {len(keys)} keys", where=path, expected=f"{len(action.keys)}, one for each number"
        )


def _closest(action_id: str, registry: Registry) -> str:
    from difflib import get_close_matches

    ids = [action.id for action in registry if action.keys]
    near = get_close_matches(action_id, ids, n=3, cutoff=0.4)
    return "one such as " + ", ".join(near or ids[:3])
