"""Reading a delimited file: from bytes to columns of text, whatever its encoding and delimiter."""

import codecs
import csv
import io
import os
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from salestui.exchange.trouble import named
from salestui.model.values.errors import DataProblem

LARGEST_MEGABYTES = 512
DELIMITERS = (",", ";", "\t", "|")
_ROWS_BETWEEN_BEATS = 20_000
_SAMPLE = 64 * 1024
_NOT_TEXT = {
    b"PK\x03\x04": "a spreadsheet or an archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"\x1f\x8b": "compressed",
    b"%PDF": "a PDF",
    b"SQLite format 3": "a database",
}
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BYTES_OF_CP1252 = {bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(256)}


@dataclass(frozen=True)
class Layout:
    """What is known of a file beforehand; None and empty: to be found out."""

    encoding: str | None = None
    delimiter: str | None = None
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A file's rows by column. The header is row 1; columns are known by their names, folded."""

    name: str
    columns: dict[str, list[str]]
    numbers: list[int]
    titles: dict[str, str]
    """The columns' names as the file writes them."""
    misshapen: tuple[tuple[int, int], ...]
    """Rows with another number of fields than the header, left out: number and count."""
    width: int
    encoding: str
    delimiter: str
    notes: tuple[str, ...]


def folded(title: str) -> str:
    """A column's name as it is compared: trimmed, without a trailing asterisk, in lower case, single spaces."""
    return " ".join(title.split()).rstrip("*").rstrip().casefold()


def read_sheet(path: str, wanted: Collection[str], layout: Layout, beat: Callable[[int], None]) -> Sheet:
    """Read a file's `wanted` columns (folded names). DataProblem where it is no file of rows with a header."""
    name = os.path.basename(path)
    text, encoding, notes = decoded(_bytes(path), path, layout.encoding)
    delimiter = layout.delimiter or _delimiter(text, wanted, len(layout.header))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = enumerate(reader, 1)
        header = list(layout.header) or next((row for _, row in rows if any(map(str.strip, row))), [])
        if not header:
            raise DataProblem("The file is empty.", where=path, expected="a header and rows")
        titles = [folded(title) for title in header]
        _refuse_twins(path, titles, wanted)
        columns, numbers, misshapen = _columns(rows, titles, wanted, layout.footer, beat)
        shown = {folded(title): title.strip() for title in header if title.strip()}
        return Sheet(name, columns, numbers, shown, tuple(misshapen), len(titles), encoding, delimiter, notes)
    except csv.Error as error:
        raise DataProblem(
            f"The file cannot be read as a table: {error}.",
            where=f"{path}, line {reader.line_num}",
            expected="fields with quotes around them, or without any quotes",
            remedy="Look at the quotes in that line and before it.",
        ) from error


def titles_of(path: str) -> list[str]:
    """The folded column names in a file's first line, as far as they can be told; nothing where they cannot."""
    try:
        with open(path, "rb") as file:
            head = file.read(_SAMPLE)
        text = head.decode(_marked(head) or "utf-8", errors="replace")
        if "\ufffd" in text.lstrip().partition("\n")[0]:
            text = head.decode("cp1252", errors="replace")
        lines = text.lstrip().splitlines()[:1]
        return [folded(title) for title in next(csv.reader(lines, delimiter=_delimiter(text, (), 0)), [])]
    except (OSError, csv.Error):
        return []


def _bytes(path: str) -> bytes:
    try:
        if os.path.getsize(path) > LARGEST_MEGABYTES * 1024 * 1024:
            raise DataProblem(
                "The file is too large.", where=path, expected=f"at most {LARGEST_MEGABYTES} MB", remedy="Split it."
            )
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise DataProblem(f"The file cannot be read: {error.strerror}.", where=path) from error


def decoded(data: bytes, where: str, encoding: str | None) -> tuple[str, str, tuple[str, ...]]:
    """The text, its encoding, and notes for the reader. DataProblem where it is no text."""
    for magic, kind in _NOT_TEXT.items():
        if data.startswith(magic):
            raise DataProblem(
                f"The file is {kind}, not text.", where=where, expected="a CSV file", remedy="Save it as CSV."
            )
    text, found, notes = _decoded(data, where, encoding)
    if "\0" in text:
        raise DataProblem("The file holds binary data, not text.", where=where, expected="a CSV file")
    mended = _decoded_once_more(text)
    if mended is not None:
        notes = (*notes, "Its letters were encoded twice; they are read as they were meant.")
        text = mended.removeprefix("\ufeff")
    return text, found, notes


def _decoded(data: bytes, where: str, encoding: str | None) -> tuple[str, str, tuple[str, ...]]:
    try:
        if encoding is not None:
            return data.decode(encoding).removeprefix("\ufeff"), encoding, ()
        name = _marked(data)
        if name is not None:
            return data.decode(name), name, ()
    except (UnicodeDecodeError, LookupError, ValueError) as error:
        raise DataProblem(
            f"The file is not the text it seems to be: {error}.", where=where, remedy="Save it as CSV in UTF-8."
        ) from error
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _western(data, where)


def _marked(data: bytes) -> str | None:
    """The encoding that a byte order mark tells, or the zero bytes of UTF-16 without one."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name
    head = data[:_SAMPLE]
    nulls = head.count(0)
    if nulls <= len(head) // 4:
        return None
    return "utf-16-le" if head[1::2].count(0) * 2 > nulls else "utf-16-be"


def _western(data: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    sample = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=["cp1252", "latin_1"]).best()
    try:
        if best is not None:
            note = f"It is read as {best.encoding}; if letters look wrong, name its encoding in the mapping."
            return data.decode(best.encoding), best.encoding, (note,)
    except UnicodeDecodeError:
        pass
    raise DataProblem(
        "The file's text encoding cannot be told.",
        where=where,
        expected="UTF-8, UTF-16 or Windows-1252",
        remedy='Save it as CSV in UTF-8, or say encoding = "cp1250" (or another) in the mapping.',
    )


def _decoded_once_more(text: str) -> str | None:
    """The text that was encoded as UTF-8 twice, where all of it was; else None."""
    if text.isascii():
        return None
    try:
        once = bytes(_BYTES_OF_CP1252[char] for char in text)
        return once.decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def _delimiter(text: str, wanted: Collection[str], width: int) -> str:
    """The delimiter under which the header holds most of the wanted columns, else makes most columns."""
    lines = text[:_SAMPLE].lstrip().splitlines()[:1]

    def score(delimiter: str) -> tuple[int, int]:
        try:
            row = next(csv.reader(lines, delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        found = sum(folded(title) in wanted for title in row)
        return int(len(row) == width) if width else found, len(row)

    return max(DELIMITERS, key=score)


def _refuse_twins(path: str, titles: list[str], wanted: Collection[str]) -> None:
    twice = {title for title in titles if title in wanted and titles.count(title) > 1}
    if twice:
        raise DataProblem(
            f"Two columns have the same name: {named(sorted(twice))}.", where=path, remedy="Rename one of them."
        )


def _columns(
    rows: Iterator[tuple[int, list[str]]],
    titles: list[str],
    wanted: Collection[str],
    footer: tuple[str, ...],
    beat: Callable[[int], None],
) -> tuple[dict[str, list[str]], list[int], list[tuple[int, int]]]:
    """The wanted columns, the numbers of their rows, and (number, fields) of rows with another number of fields."""
    columns: dict[str, list[str]] = {title: [] for title in titles if title in wanted}
    kept = [(index, columns[title]) for index, title in enumerate(titles) if title in columns]
    ends = tuple(each.casefold() for each in footer)
    numbers: list[int] = []
    misshapen: list[tuple[int, int]] = []
    for number, row in rows:
        if number % _ROWS_BETWEEN_BEATS == 0:
            beat(number)
        if ends and row and row[0].strip().casefold().startswith(ends):
            break
        fits = len(row) == len(titles)
        if not (fits and row[0].strip()) and not any(cell and not cell.isspace() for cell in row):
            continue
        if not fits:
            misshapen.append((number, len(row)))
            continue
        numbers.append(number)
        for index, cells in kept:
            cells.append(row[index])
    return columns, numbers, misshapen


def looks_like_data(titles: Collection[str]) -> bool:
    """Whether a header is more likely a row of data: it holds numbers or dates."""
    return any(re.fullmatch(r"[0-9][0-9.,:/ -]*", title) for title in titles)
