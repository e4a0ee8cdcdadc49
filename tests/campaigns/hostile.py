"""A company in which whoever could write a text wrote one that no one should have, and the generator of such texts.

Every text begins with a number of its own (`h17.`), so that it can be found again on a screen. The sequences in them
are ones that the app itself never sends: one that comes out of it came from the data.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.support.checkout import ROOT
from tests.tui.nasty import PIECES

_CONTROLS = (*map(chr, range(1, 0x20)), "\x7f", *map(chr, range(0x80, 0xA0)))
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SEQUENCES = (
    "\x1b[5m",
    "\x1b[8;31m",
    "\x1b[999;999H",
    "\x1b[?47l",
    "\x1b[?9h",
    "\x1b[6n",
    "\x1b[21t",
    "\x1b[20;20r",
    "\x1bc",
    "\x1b#8",
    "\x1b]0;owned\x07",
    "\x1b]52;c;cm0gLXJm\x07",
    "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "\x1b]1337;File=inline=1:AAAA\x07",
    '\x1bP$q"p\x1b\\',
    "\x1bPtmux;\x1b\x1b]0;owned\x07\x1b\\",
    "\x1b_Gi=1,a=T;AAAA\x1b\\",
    "\x1b^private\x1b\\",
    "\x1bXstring\x1b\\",
    "\x9b5n",
    "\x9d0;owned\x9c",
    "\x90+q544e\x9c",
)
_MARKUP = (
    "[red]",
    "[bold #ff0000 on blue]",
    "[/bold]",
    "[/]",
    "[@click=app.quit]leave[/]",
    "[@click=screen.dismiss]",
    "[link=http://evil.example]",
    "[[]]",
    "\\[",
    "[",
    "]",
    "$primary",
    "{0}",
    "{name!r}",
    "%s%n",
    "<b>&amp;",
    "&#27;",
)
_OTHERS = (
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "\t=1",
    "$(id)",
    "`id`",
    "; rm -rf /",
    "' OR 1=1 --",
    '"quoted", and, commas',
    "../../etc/passwd",
    "a" + "\u0301" * 100,
    "Z̷̡̛͖̩̥̤͕" * 8,
    "x" * 200,
    "株" * 200,
    "👩\u200d👩\u200d👧\u200d👦" * 10,
    "🏳️\u200d🌈🇩🇪🇫🇷👍🏽",
    "\U000e0041\U000e007f",
    "\u200b\u200c\u2060\ufeff",
    "\ufffe\uffff\U0010ffff",
    "\ue000\uf8ff",
    "ﷺ﷽",
    "𒐫⸻",
    "ßİıſ",
)
EVERY_PIECE = tuple(
    piece.replace("\0", "\x01").replace("\ud800", "\ufffd")
    for piece in (*PIECES, *_CONTROLS, *_BIDI, *_SEQUENCES, *_MARKUP, *_OTHERS)
)
"""What hostile texts are made of. Neither a file nor PostgreSQL holds a NUL or half a character; a command line may."""

TEXTS = {
    "territories": ("name",),
    "seats": ("title", "team"),
    "people": ("name", "email"),
    "lines": ("name",),
    "products": ("name",),
    "accounts": ("name", "sector"),
    "stages": ("name",),
    "opportunities": ("name", "source", "lost_reason"),
    "ramps": ("name",),
    "reliefs": ("reason", "approver"),
}
"""The columns of text in the project's own layout, by file. A new one joins here."""

_REST = ("reporting", "occupancies", "quotas", "sales", "credits", "stage_changes", "rampings", "pay")


class Hostile(NamedTuple):
    """Files to import, and the texts in them."""

    folder: Path
    texts: tuple[str, ...]


def hostile_texts(chance: Random) -> Iterator[str]:
    """Texts without end; every piece comes in turn, so that some hundred hold them all."""
    number = 0
    while True:
        pieces = [EVERY_PIECE[number % len(EVERY_PIECE)], *chance.choices(EVERY_PIECE, k=chance.randrange(4))]
        chance.shuffle(pieces)
        yield f"h{number}.{''.join(pieces)}."
        number += 1


def hostile_company(folder: Path, seed: int, deals: int) -> Hostile:
    """The sample company with hostile texts for all of its own, and no more than its latest `deals`."""
    folder.mkdir()
    texts: list[str] = []
    source, known = hostile_texts(Random(seed)), set[str]()
    for name in (*TEXTS, *_REST):
        with (ROOT / "sample_data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = list(reader.fieldnames or ()), list(reader)
        if name == "opportunities":
            rows = sorted(rows, key=lambda row: row["close_on"])[-deals:]
            known = {row["id"] for row in rows}
        elif name == "stage_changes":
            rows = [row for row in rows if row["opportunity"] in known]
        elif name == "sales":
            rows = [row if row["opportunity"] in known else {**row, "opportunity": ""} for row in rows]
        for row in rows:
            for column in TEXTS.get(name, ()):
                if row[column]:
                    row[column] = next(source)
                    texts.append(row[column])
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    (folder / "company.toml").write_text(
        f'[company]\nname = {_toml(next(source))}\ncurrency = "USD"\nzone = "America/Chicago"\nas_of = "2025-11-20"\n',
        "utf-8",
    )
    return Hostile(folder, tuple(texts))


def _toml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'
