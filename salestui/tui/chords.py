"""Keys pressed one after another, such as `g 1`."""

from collections.abc import Iterable

from textual import events


class Chords:
    """Joins two keys into one event named after both, where something is bound to them."""

    def __init__(self, chords: Iterable[str]) -> None:
        """Take all chords that any screen knows."""
        self._beginnings = frozenset(chord.split(" ")[0] for chord in chords if " " in chord)
        self._first: events.Key | None = None

    @property
    def waiting(self) -> str:
        """The first key, while the second one is awaited."""
        return _name(self._first) if self._first else ""

    def concern(self, event: events.Key) -> bool:
        """Whether the key may begin a chord, or end one."""
        return self._first is not None or _name(event) in self._beginnings

    def press(self, event: events.Key, bound: Iterable[str]) -> list[events.Key]:
        """What a key amounts to, `bound` being all keys that mean something now.

        Nothing yet if it begins a chord; the chord if it ends one; and otherwise itself, after the key before it that
        turned out to begin none. Esc takes a begun chord back.
        """
        name, first = _name(event), self._first
        if first is None:
            if any(key.startswith(f"{name} ") for key in bound):
                self._first = event
                return []
            return [event]
        self._first = None
        if event.key == "escape":
            return []
        chord = f"{_name(first)} {name}"
        return [events.Key(chord, None)] if chord in bound else [first, event]


def _name(event: events.Key) -> str:
    return event.character if event.is_printable and event.character else event.key
