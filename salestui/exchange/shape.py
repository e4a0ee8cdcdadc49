"""From a file's columns to records: rows chosen, files joined, columns put together, texts read as what they mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from salestui.exchange.columns import Columns, columns_of, parts_of, texts_of
from salestui.exchange.dates import DateStyle, dates
from salestui.exchange.fields import ENTITIES, Field
from salestui.exchange.mapping import Expression, Feed
from salestui.exchange.numbers import NumberStyle, amounts, currency_contradicts, rates, wholes
from salestui.exchange.reading import Sheet, folded, looks_like_data
from salestui.exchange.section import hint
from salestui.exchange.trouble import Fault, Pulse, Refusal, Trouble, named, quoted


@dataclass(slots=True, eq=False)
class Record:
    """Something a file tells: values by field (those the mapping gives), and where it stands."""

    feed: Feed
    values: dict[str, Any]
    file: str
    row: int
    columns: Mapping[str, str]
    """What the file calls the fields."""
    refused: bool = False

    @property
    def entity(self) -> str:
        """What kind of record it is."""
        return self.feed.entity

    @property
    def identity(self) -> tuple[Any, ...]:
        """What tells it apart from others of its kind."""
        return tuple(self.values.get(name) for name in ENTITIES[self.entity].identity)

    @property
    def where(self) -> str:
        """Its place, for messages."""
        return f"{self.file}, row {self.row}" if self.row else self.file


@dataclass(frozen=True)
class Reading:
    """What is known while files are read: the company's zone and currency, and where trouble goes."""

    home: ZoneInfo | None
    currency: str
    trouble: Trouble
    pulse: Pulse
    allow_missing: bool = False


@dataclass(frozen=True)
class Shaped:
    """The records of a file, and how many of its rows the feed chose, refused ones included."""

    records: list[Record]
    chosen: int


def shape(feed: Feed, sheet: Sheet, others: Mapping[str, Sheet], reading: Reading) -> Shaped:
    """The records of one file. What cannot be taken is noted as trouble; its rows are left out."""
    columns = Columns(feed, sheet, others, reading.trouble)
    if not _has_columns(feed, sheet, columns, reading):
        return Shaped([], 0)
    chosen = _chosen(feed, len(sheet.numbers), columns)
    known = ENTITIES[feed.entity].fields
    found: dict[str, list[Any]] = {}
    titles: dict[str, str] = {}
    faulty: set[int] = set()
    for step, (name, expression) in enumerate(feed.fields.items()):
        reading.pulse.beat(f"Checking {sheet.name}", step, len(feed.fields))
        texts = texts_of(expression, columns, len(sheet.numbers))
        if texts is None:
            continue
        texts = [texts[row] for row in chosen]
        titles[name] = _title(expression, sheet)
        values = convert(known[name], texts, expression, reading, f"{sheet.name}, column {titles[name]}")
        for position, (text, value) in enumerate(zip(texts, values, strict=True)):
            if value is None and known[name].required:
                value = Fault("There is nothing here", f"a value for {name}")
            if isinstance(value, Fault):
                row = sheet.numbers[chosen[position]]
                reading.trouble.refuse(Refusal(feed.entity, sheet.name, row, titles[name], text, value))
                faulty.add(position)
        found[name] = values
        if known[name].kind == "amount":
            faulty |= _of_another_currency(feed, sheet, columns, chosen, texts, titles[name], reading)
    records = [
        Record(feed, {name: cells[position] for name, cells in found.items()}, sheet.name, sheet.numbers[row], titles)
        for position, row in enumerate(chosen)
        if position not in faulty
    ]
    return Shaped(records, len(chosen))


def constant_records(feed: Feed, reading: Reading, mapping: str) -> list[Record]:
    """The records that a mapping itself gives."""
    records = []
    known = ENTITIES[feed.entity].fields
    for number, row in enumerate(feed.rows, 1):
        values = {}
        for name, text in row.items():
            value = convert(known[name], [text or None], Expression(feed.style), reading, mapping)[0]
            if isinstance(value, Fault):
                reading.trouble.refuse_file(feed.entity, f"the mapping {mapping}", value, f"{name} of row {number}")
            values[name] = value
        for name, each in known.items():
            if each.required and values.get(name) is None:
                fault = Fault("There is nothing here", f"a value for {name}")
                reading.trouble.refuse_file(feed.entity, f"the mapping {mapping}", fault, f"{name} of row {number}")
        records.append(Record(feed, values, f"the mapping {mapping}", 0, {}))
    return records


def convert(
    field: Field, texts: Sequence[str | None], expression: Expression, reading: Reading, where: str
) -> list[Any]:
    """A column's texts as values of a field's kind; a Fault for each that is none."""
    style = expression.style
    numbers = NumberStyle(style.decimal, style.places)
    if field.kind == "amount":
        return list(amounts(texts, numbers))
    if field.kind == "rate":
        return list(rates(texts, NumberStyle(style.decimal)))
    if field.kind == "whole":
        return list(wholes(texts))
    if field.kind == "choice":
        return [None if text is None else _choice(text, field.choices) for text in texts]
    if field.kind == "date":
        zone = ZoneInfo(style.zone) if style.zone else None
        column = dates(
            texts,
            DateStyle(style.dates, expression.shift_days, zone, reading.home),
            open_ended=field.open_ended,
        )
        if column.read_as:
            reading.trouble.warn(f"{where}: its dates are read with the {column.read_as}.")
        return list(column.values)
    return list(texts)


def _choice(text: str, choices: Sequence[str]) -> str | Fault:
    found = "_".join(re.split(r"[\s_-]+", text.casefold()))
    if found in choices:
        return found
    return Fault(f"{quoted(text)} is not known here{hint(found, choices)}", "one of " + ", ".join(choices))


def _has_columns(feed: Feed, sheet: Sheet, columns: Columns, reading: Reading) -> bool:
    required = {name for name, each in ENTITIES[feed.entity].fields.items() if each.required}
    needed: dict[str, str] = {}
    for name, expression in feed.fields.items():
        if name in required or not reading.allow_missing:
            for column in [expression.column] if expression.column is not None else parts_of(expression.template or ""):
                needed.setdefault(column, name)
    for column in columns_of(feed):
        if column not in needed and not reading.allow_missing:
            needed[column] = "this mapping"
    missing = [column for column in needed if not columns.has(column)]
    for column in missing:
        shown = list(sheet.titles.values())
        remedy = "Name the file's own column in the mapping."
        if looks_like_data(shown):
            remedy = f'Its first row looks like data: name its columns in the mapping, with header = ["{column}", …].'
        what = f"There is no column {quoted(column)}{hint(column, shown)}"
        expected = f"a column for {needed[column]}; the file has {named(shown)}"
        reading.trouble.refuse_file(feed.entity, sheet.name, Fault(what, expected, remedy))
    return not missing


def _chosen(feed: Feed, rows: int, columns: Columns) -> list[int]:

    def cells(name: str) -> list[str | None]:
        return columns.cells(name) or [None] * rows

    wanted = [(cells(name), {each.casefold() for each in each_of}) for name, each_of in feed.where.items()]
    unwanted = [(cells(name), {each.casefold() for each in each_of}) for name, each_of in feed.where_not.items()]
    filled = [cells(name) for name in feed.filled]
    return [
        row
        for row in range(rows)
        if all((column[row] or "").casefold() in allowed for column, allowed in wanted)
        and not any((column[row] or "").casefold() in banned for column, banned in unwanted)
        and all(column[row] is not None for column in filled)
    ]


def _title(expression: Expression, sheet: Sheet) -> str:
    if expression.column is not None:
        return sheet.titles.get(folded(expression.column), expression.column)
    return expression.template or "given by the mapping"


def _of_another_currency(
    feed: Feed,
    sheet: Sheet,
    columns: Columns,
    chosen: Sequence[int],
    texts: Sequence[str | None],
    title: str,
    reading: Reading,
) -> set[int]:
    """Positions of amounts written with a currency that is not their row's, or the company's where rows have none."""
    marked = [i for i, text in enumerate(texts) if text is not None and not re.fullmatch(r"[0-9.,()\s-]*", text)]
    if not marked:
        return set()
    expression = feed.fields.get("currency")
    currencies = None if expression is None else texts_of(expression, columns, len(sheet.numbers))
    refused = set()
    for position in marked:
        row = chosen[position]
        currency = (currencies[row] if currencies is not None else None) or reading.currency
        text = texts[position] or ""
        if currency_contradicts(text, currency):
            fault = Fault(
                f"{quoted(text)} is written in another currency than {currency}",
                f"an amount in {currency}",
                "Map the column that tells the currency.",
            )
            reading.trouble.refuse(Refusal(feed.entity, sheet.name, sheet.numbers[row], title, text, fault))
            refused.add(position)
    return refused
