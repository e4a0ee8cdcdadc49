"""Quotas of many leaves, kept small: as rows of 64-bit whole numbers, which a file takes as compressed text."""

import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any
from zlib import compress, decompress, error

from salestui.planning.quotas.leaf import Units, paired, pieces

_QUICKLY = 1
_WORD = 8


class Packed:
    """Quotas by leaf in their order; None stays apart from 0."""

    __slots__ = ("_none", "_units", "keys")

    def __init__(self, amounts: Mapping[int, int | None]) -> None:
        """OverflowError where a leaf does not fit into 64 bits."""
        self.keys, self._units, self._none = array("q"), array("q"), bytearray()
        keys, units = list(amounts), list(amounts.values())
        for piece in pieces(len(keys)):
            self.keys.extend(keys[piece])
            self._units.extend(unit or 0 for unit in units[piece])
            self._none.extend(unit is None for unit in units[piece])

    def __len__(self) -> int:
        return len(self.keys)

    def unpacked(self) -> Units:
        """The quotas again."""
        if 1 in self._none:
            units = [None if missing else unit for unit, missing in zip(self._units, self._none, strict=True)]
            return paired(self.keys, units)
        return paired(self.keys, self._units)

    def to_plain(self) -> dict[str, str]:
        """As text, the same on every machine."""
        return {
            "keys": _text(_words(self.keys)),
            "units": _text(_words(self._units)),
            "none": _text(bytes(self._none)),
        }


def packed_of(plain: Mapping[str, Any]) -> Packed:
    """What `to_plain` wrote; KeyError, TypeError or ValueError where it is something else."""
    found = Packed({})
    found.keys, found._units = _read_words(plain["keys"]), _read_words(plain["units"])
    found._none = bytearray(_read(plain["none"]))
    if not len(found.keys) == len(found._units) == len(found._none):
        raise ValueError("its quotas and their places do not fit together")
    return found


def _text(data: bytes) -> str:
    return b64encode(compress(data, _QUICKLY)).decode("ascii")


def _read(text: Any) -> bytes:
    if not isinstance(text, str):
        raise TypeError("quotas are kept as text")
    try:
        data = decompress(b64decode(text, validate=True))
    except error as broken:
        raise ValueError("its quotas cannot be read") from broken
    return data


def _words(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers = array("q", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _read_words(text: Any) -> "array[int]":
    data = _read(text)
    if len(data) % _WORD:
        raise ValueError("its quotas cannot be read")
    numbers = array("q")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
