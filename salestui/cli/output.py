"""What commands print: aligned tables, JSON, CSV; text from data is made safe on the way."""

import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

from salestui.model.values.text import cells, safe_line

Side = Literal["left", "right"]


def table(rows: Sequence[Sequence[str]], sides: Sequence[Side]) -> str:
    """Rows as aligned columns two spaces apart, the first being the header."""
    safe = [[safe_line(cell) for cell in row] for row in rows]
    widths = [max(cells(row[column]) for row in safe) for column in range(len(sides))]
    lines: list[str] = []
    for row in safe:
        parts = []
        for text, width, side in zip(row, widths, sides, strict=True):
            gap = " " * (width - cells(text))
            parts.append(gap + text if side == "right" else text + gap)
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def emit(text: str) -> None:
    """Print to stdout, whatever its encoding can carry."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def as_json(value: Any) -> str:
    """`value` as JSON: decimals as strings, never in exponents."""
    return json.dumps(value, default=_plain, ensure_ascii=False, indent=2)


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
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)
