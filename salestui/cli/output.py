"""What commands print: aligned tables, JSON, CSV; text from data is made safe on the way."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

from salestui.model.values.text import cells, fit, safe_line

Side = Literal["left", "right"]

_USUAL = 80


def room() -> int | None:
    """How many columns the terminal has that is printed to; None where it is a pipe or a file, which takes all."""
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL
    except OSError:
        return _USUAL


def cut(text: str, most: int) -> str:
    """Text from data in so many columns of a terminal, whole in a pipe or a file."""
    return safe_line(text) if room() is None else fit(safe_line(text), most)


_LEAST = 8
"""So much of the last column is printed at least, though the line breaks then."""

_PLAINER = str.maketrans(
    {
        **dict(zip("▁▂▃▄▅▆▇█", "12345678", strict=True)),
        "–": "-",
        "−": "-",
        "×": "x",
        "·": "|",
        "…": "...",
        "▲": "+",
        "▬": "~",
        "▼": "!",
        "→": "->",
        "÷": "/",
    }
)
"""What stands for our own signs where the terminal has only letters."""


def headed(name: str, told: str) -> str:
    """A name from data with what is told of it, in one line; in a terminal the name is cut to make it fit."""
    width = room()
    return (safe_line(name) if width is None else fit(safe_line(name), width - cells(told))) + told


def table(rows: Sequence[Sequence[str]], sides: Sequence[Side]) -> str:
    """Rows as aligned columns two spaces apart, the first being the header; in a terminal the last column is cut."""
    safe = [[safe_line(cell) for cell in row] for row in rows]
    widths = [max(cells(row[column]) for row in safe) for column in range(len(sides))]
    width = room()
    left = None if width is None else max(width - sum(widths[:-1]) - 2 * (len(widths) - 1), _LEAST)
    lines: list[str] = []
    for row in safe:
        if left is not None and sides[-1] == "left":
            row[-1] = fit(row[-1], left)
        parts = []
        for text, wide, side in zip(row, widths, sides, strict=True):
            gap = " " * (wide - cells(text))
            parts.append(gap + text if side == "right" else text + gap)
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def emit(text: str) -> None:
    """Print to stdout; where its encoding cannot carry a sign, a plainer one or an escape stands for it."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_PLAINER).encode(encoding, "backslashreplace").decode(encoding)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def as_json(value: Any) -> str:
    """`value` as JSON: decimals as strings, never in exponents; what a terminal could act on is escaped."""
    text = json.dumps(value, default=_plain, ensure_ascii=not _carries(sys.stdout.encoding or "utf-8"), indent=2)
    return "".join(char if char.isprintable() or char == "\n" else _escaped(char) for char in text)


def _carries(encoding: str) -> bool:
    """Whether an encoding has every character."""
    return encoding.lower().replace("_", "-").startswith("utf")


def _escaped(char: str) -> str:
    """The character as JSON escapes it, which is the same text to whoever reads it."""
    return f"\\u{ord(char):04x}" if char <= "\uffff" else json.dumps(char)[1:-1]


def plain(value: Decimal | None) -> str | None:
    """A decimal in full, without trailing zeros or an exponent."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV in which no text cell can be taken for a formula."""
    import csv
    import io

    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([_inert(cell) for cell in row] for row in rows)
    return target.getvalue().rstrip("\n")


_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def _inert(cell: str) -> str:
    text = safe_line(cell)
    if text.startswith(_FORMULA_STARTS) and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").replace(".", "", 1).isdecimal()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)
