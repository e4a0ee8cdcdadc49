"""What to say where quotas that are held leave no room: which, why they are held, and how to let go of them."""

from collections.abc import Collection, Mapping
from typing import Literal

from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.leaf import Hold, Leaf
from salestui.planning.quotas.sheet import Sheet

_WORDS: Mapping[Literal["lock", "submitted", "closed"], tuple[str, str]] = {
    "lock": ("locked", "unlock some with L"),
    "submitted": ("handed in", "take some of what is handed in back with W"),
    "closed": ("closed", ""),
}


class HeldBack(UsageProblem):
    """What is held does not let something be done."""


def held_words(holds: Mapping[Leaf, Hold], leaves: Collection[int]) -> str:
    """`locked and handed in`: why these are held."""
    kinds = _kinds(holds, leaves)
    return " and ".join(words for kind, (words, _) in _WORDS.items() if kind in kinds)


def held_named(sheet: Sheet, leaves: Collection[int]) -> str:
    """The first of them by name, and how many more there are."""
    first, more = sheet.name(next(iter(leaves))), len(leaves) - 1
    return f"{first} and {more:,} more" if more else first


def letting_go(holds: Mapping[Leaf, Hold], leaves: Collection[int]) -> str:
    """`unlock some with L`: how to let go of them; nothing where there is no way to."""
    kinds = _kinds(holds, leaves)
    return ", or ".join(how for kind, (_, how) in _WORDS.items() if kind in kinds and how)


def _kinds(holds: Mapping[Leaf, Hold], leaves: Collection[int]) -> set[str]:
    return {holds[Leaf.of(key)].kind for key in leaves}
