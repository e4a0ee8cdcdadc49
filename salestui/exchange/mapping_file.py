"""Reading a mapping from its TOML file, with every mistake answered; and the mappings that come with the program."""

import os
import tomllib
from collections.abc import Mapping as Map
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from salestui.exchange.columns import parts_of
from salestui.exchange.dates import check_format, shift_in_days
from salestui.exchange.fields import ENTITIES
from salestui.exchange.mapping import Expression, Feed, Join, Mapping, Style
from salestui.exchange.reading import DELIMITERS
from salestui.exchange.section import Section, as_text, hint
from salestui.exchange.sums import formula_of
from salestui.exchange.trouble import quoted
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.store import company

LAYOUT = "layout"
"""The mapping of the project's own layout."""

GRAINS = ("month", "quarter", "year")
_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mappings")
_LARGEST = 1024 * 1024


def known_mappings() -> tuple[str, ...]:
    """The names of the mappings that come with the program."""
    return tuple(sorted(name.removesuffix(".toml") for name in os.listdir(_FOLDER) if name.endswith(".toml")))


def find_mapping(name_or_file: str) -> Mapping:
    """The mapping of a name, or of a TOML file. UsageProblem where there is neither."""
    known = known_mappings()
    if name_or_file in known:
        return read_mapping(os.path.join(_FOLDER, f"{name_or_file}.toml"))
    if os.path.isfile(name_or_file):
        return read_mapping(name_or_file)
    raise UsageProblem(
        f"There is no mapping {quoted(name_or_file)}{hint(name_or_file, known)}",
        expected="a TOML file, or one of " + ", ".join(known),
    )


def read_mapping(path: str) -> Mapping:
    """The mapping in a file. DataProblem, naming the place, for whatever is wrong with it."""
    section = Section(read_toml(path), path)
    source = section.required("source")
    style = _style(section, Style())
    feeds = tuple(_feed(each, style) for each in section.tables("feed"))
    name = os.path.basename(path).removesuffix(".toml")
    found = Mapping(
        name=name,
        source=source,
        title=section.text("title") or name,
        feeds=feeds,
        company=company_settings(section.table("company"), section.table("targets"), path),
        company_file=section.text("company_file"),
        as_of=section.moment("as_of"),
        allow_missing=section.flag("allow_missing"),
    )
    section.done()
    if not feeds and not found.company:
        raise DataProblem("This mapping feeds nothing.", where=path, expected="[[feed]] tables")
    return found


def read_toml(path: str) -> dict[str, Any]:
    """The content of a TOML file; numbers with a point are exact decimals."""
    try:
        if os.path.getsize(path) > _LARGEST:
            raise DataProblem("This is too large for settings.", where=path, expected="a TOML file under 1 MB")
        with open(path, encoding="utf-8-sig") as file:
            return tomllib.loads(file.read(), parse_float=Decimal)
    except OSError as error:
        raise DataProblem(f"The file cannot be read: {error.strerror}.", where=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, InvalidOperation) as error:
        raise DataProblem(f"The file is not valid TOML: {error}.", where=path, remedy="Mend that line.") from error


def company_settings(content: Map[str, Any], targets: Map[str, Any], where: str) -> dict[str, str | int]:
    """The tables `[company]` and `[targets]` as settings by their full key."""
    section = Section(dict(content), f"{where}, [company]")
    pinned = section.moment("as_of")
    found: dict[str, str | int | None] = {
        company.NAME: section.text("name"),
        company.CURRENCY: section.text("currency"),
        company.ZONE: section.text("zone"),
        company.AS_OF: None if pinned is None else date(pinned.year, pinned.month, pinned.day).isoformat(),
        company.FIRST_MONTH: section.whole("first_month"),
        company.SCHEME: section.text("scheme"),
        company.ANCHOR: section.whole("anchor"),
        company.NAMED_BY: section.text("named_by"),
    }
    section.done()
    settings = {key: value for key, value in found.items() if value is not None}
    _check_company(settings, section)
    for key, value in targets.items():
        text = as_text(value, Section({}, f"{where}, [targets]"), key)
        try:
            finite = Decimal(text or "").is_finite()
        except InvalidOperation:
            finite = False
        if not text or not finite:
            raise DataProblem(f"{key} is no number.", where=f"{where}, [targets]", expected=f'{key} = "0.25"')
        settings[company.TARGET + key] = text
    return settings


def _check_company(settings: Map[str, str | int], section: Section) -> None:
    currency, zone = settings.get(company.CURRENCY), settings.get(company.ZONE)
    if currency is not None and not is_currency(str(currency)):
        raise section.problem("currency", f"is {quoted(str(currency))}", 'three capital letters such as "USD"')
    if zone is not None:
        _zone(str(zone), section)
    try:
        company.calendar_from(settings)
    except DataProblem as error:
        raise DataProblem(error.what, where=section.where, expected=error.expected) from None


def is_currency(text: str) -> bool:
    """Whether this can be a currency's code: three capital letters."""
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()


def _zone(name: str, section: Section) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise section.problem("zone", f"is {quoted(name)}", 'a time zone such as "America/Chicago"') from None


def _style(section: Section, base: Style, *, of_field: bool = False) -> Style:
    none, dates = section.texts("none"), section.texts("dates")
    for form in dates or ():
        if not check_format(form):
            raise section.problem("dates", f"holds {quoted(form)}", 'formats such as "%d/%m/%Y", or "iso"')
    zone = section.text("zone")
    if zone is not None:
        _zone(zone, section)
    places = section.whole("places")
    if places is not None and not 0 <= places <= 4:
        raise section.problem("places", f"is {places}", "0 to 4")
    return Style(
        none=base.none if none is None else none,
        dates=base.dates if dates is None else dates,
        zone=zone or base.zone,
        decimal=section.choice("decimal", (".", ",")) or base.decimal,
        places=base.places if places is None else places,
        encoding=base.encoding if of_field else section.text("encoding") or base.encoding,
        delimiter=base.delimiter if of_field else section.choice("delimiter", DELIMITERS) or base.delimiter,
    )


def _feed(section: Section, base: Style) -> Feed:
    entity = section.choice("entity", tuple(ENTITIES))
    if entity is None:
        raise section.problem("entity", "is missing", "one of " + ", ".join(ENTITIES))
    section.where += f" ({entity})"
    style = _style(section, base)
    file = section.text("file")
    rows = tuple(_row(each, entity) for each in section.tables("rows"))
    fields = _fields(section.table("fields"), entity, style, section.where)
    feed = Feed(
        entity=entity,
        style=style,
        file=file,
        fields=fields,
        rows=rows,
        where=_lists(section, "where"),
        where_not=_lists(section, "where_not"),
        filled=section.texts("filled") or (),
        footer=section.texts("footer") or (),
        header=section.texts("header") or (),
        joins=tuple(_join(each) for each in section.tables("join")),
        translate={
            column: _texts(content, f"{section.where}, translate {column}")
            for column, content in section.table("translate").items()
        },
        distinct=section.flag("distinct"),
        grain=section.choice("grain", GRAINS) or "month",
    )
    section.done()
    if bool(file) == bool(rows):
        raise section.problem("file", "is missing" if not rows else "stands beside rows", "either a file or rows")
    if file and not fields:
        raise section.problem("fields", "is missing", "[feed.fields] with the columns of the file")
    return feed


def _fields(content: Map[str, Any], entity: str, style: Style, where: str) -> dict[str, Expression]:
    known = ENTITIES[entity].fields
    section = Section(dict(content), f"{where}, fields")
    found = {}
    for key in known:
        value = section.take(key)
        if value is not None:
            found[key] = _expression(value, style, f"{section.where}, {key}")
    section.done()
    missing = [key for key, each in known.items() if each.required and key not in found]
    if content and missing:
        raise section.problem(missing[0], "is missing", f'{missing[0]} = "a column"')
    return found


def _expression(content: Any, base: Style, where: str) -> Expression:
    if isinstance(content, str):
        return Expression(style=base, column=content)
    section = Section(content, where)
    shift = section.text("shift")
    days = shift_in_days(shift) if shift is not None else 0
    if days is None:
        raise section.problem("shift", f"is {quoted(shift)}", 'shift = "+3 days"')
    found = Expression(
        style=_style(section, base, of_field=True),
        column=section.text("column"),
        template=section.text("template"),
        value=section.constant("value"),
        translate=_texts(section.table("translate"), f"{where}, translate"),
        otherwise=section.text("otherwise"),
        shift_days=days,
    )
    section.done()
    if found.template is not None and not parts_of(found.template):
        raise section.problem("template", "names no column", 'template = "{First Name} {Last Name}"')
    if sum(each is not None for each in (found.column, found.template, found.value)) != 1:
        raise section.problem("column", "is not the only one", "one of column, template and value")
    return found


def _row(section: Section, entity: str) -> dict[str, str]:
    found = {}
    for key in ENTITIES[entity].fields:
        value = section.constant(key)
        if value is not None:
            found[key] = value
    section.done()
    return found


def _join(section: Section) -> Join:
    file = section.required("file")
    on = section.take("on")
    pairs = {on: on} if isinstance(on, str) else on
    if not isinstance(pairs, dict) or not pairs or not all(isinstance(each, str) for each in pairs.values()):
        raise section.problem("on", "does not say how rows belong together", '"Column", or { Here = "There" }')
    sums = {}
    for column, text in _texts(section.table("sum"), f"{section.where}, sum").items():
        try:
            sums[column] = formula_of(text)
        except UsageProblem as problem:
            raise DataProblem(problem.what, where=f"{section.where}, sum", expected=problem.expected) from None
    name = section.text("name") or os.path.basename(file).partition(".")[0]
    section.done()
    return Join(name, file, tuple(pairs.items()), sums)


def _texts(content: Any, where: str) -> dict[str, str]:
    section = Section(content, where)
    found = {key: section.constant(key) or "" for key in section.left()}
    section.done()
    return found


def _lists(section: Section, key: str) -> dict[str, tuple[str, ...]]:
    inner = Section(section.table(key), f"{section.where}, {key}")
    found = {column: inner.texts(column) or () for column in inner.left()}
    inner.done()
    return found
