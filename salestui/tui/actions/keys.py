"""Keys: how people write them, how they are shown, and what Textual calls them."""

from collections.abc import Iterable

_SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "space": "Space",
    "ctrl": "Ctrl",
    "alt": "Alt",
    "shift": "Shift",
} | {f"f{number}": f"F{number}" for number in range(1, 25)}
_MODIFIERS = frozenset({"ctrl", "alt", "shift"})


def shown(key: str) -> str:
    """The key as a person reads it: `Ctrl+P`, `Esc`, `?`, `g 1`."""
    return " ".join(map(_shown_stroke, key.split(" ")))


def all_shown(keys: tuple[str, ...], numbered: bool = False) -> str:
    """All keys of an action on one line; the keys of a numbered one as a range."""
    if numbered and len(keys) > 2:
        return f"{shown(keys[0])} … {shown(keys[-1])}"
    return " ".join(map(shown, keys))


def is_key(text: str) -> bool:
    """Whether the text names one key, or two after one another."""
    strokes = text.split(" ")
    return len(strokes) <= 2 and all(map(_is_stroke, strokes))


def for_textual(keys: Iterable[str]) -> str:
    """The keys as one string of Textual's, which sets them apart with commas."""
    return ",".join("comma" if key == "," else key for key in keys)


def _shown_stroke(stroke: str) -> str:
    *modifiers, key = _parts(stroke)
    if modifiers and len(key) == 1:
        key = key.upper()
    return "+".join(_SHOWN.get(part, part) for part in (*modifiers, key))


def _is_stroke(stroke: str) -> bool:
    *modifiers, key = _parts(stroke)
    if not (_MODIFIERS.issuperset(modifiers) and len(set(modifiers)) == len(modifiers)):
        return False
    if len(key) == 1:
        # A terminal sends Shift and a letter as the capital letter, and Ctrl with either case of a letter as one.
        return key.isprintable() and key != " " and "shift" not in modifiers and (not modifiers or key == key.lower())
    return key in _SHOWN and key not in _MODIFIERS


def _parts(stroke: str) -> list[str]:
    return [stroke] if len(stroke) == 1 else stroke.split("+")
