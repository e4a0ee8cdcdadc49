"""The first picture of a plan shows the sums of its leaves, in companies of chance and in either database."""

from datetime import date
from random import Random

import pytest
from sqlalchemy import Engine

from salestui.metrics.reader import COMPANY, Scope
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas.queries.outline import read_leaves, read_outline
from salestui.planning.quotas.queries.plan import read_plan_view
from salestui.planning.quotas.sheet import Sheet
from salestui.store.database import Database, parse
from salestui.store.quick import Reader, open_reader
from tests.planning.support import YEAR
from tests.support.companies import put_together
from tests.support.rich_company import build_random

ON = date(2026, 3, 1)


def shows_the_same(reader: Reader, scope: Scope, on: date) -> bool:
    """Whether the outline has the rows and the numbers of the whole sheet."""
    calendar = FiscalCalendar()
    view = read_plan_view(reader, calendar, YEAR, scope, on, "C")
    outline = read_outline(reader, calendar, YEAR, scope, on, "C")
    sheet = Sheet(view.nodes, view.months, view.spans, view.kept)
    lines = {node.key.rpartition(":")[0] for node in view.nodes if node.key.count(":") == 2}
    assert {f"seat:{node.seat}" for node in outline.nodes if node.seat in outline.lines} == lines
    rows = {node.key: row for row, node in enumerate(view.nodes)}
    assert [node.key for node in outline.nodes] == [node.key for node in view.nodes if node.key.count(":") < 2]
    return all(
        outline.value(row, span) == sheet.value(rows[node.key], span)
        for row, node in enumerate(outline.nodes)
        for span in range(len(outline.spans))
    )


def test_the_outline_of_a_company_is_its_sheet_by_seats(place: Database, writer: Engine, draft: int) -> None:
    with open_reader(place) as reader:
        for day in (date(2026, 1, 1), ON, date(2026, 12, 31)):
            assert shows_the_same(reader, COMPANY, day)
        seats = [seat for (seat,) in reader.rows("SELECT id FROM seat ORDER BY id")]
        people = [person for (person,) in reader.rows("SELECT id FROM person ORDER BY id")]
        for scope in [Scope("team", seat, "T") for seat in seats] + [Scope("person", who, "P") for who in people]:
            assert shows_the_same(reader, scope, ON)


@pytest.mark.parametrize("seed", range(6))
def test_the_outline_of_a_company_of_chance_is_its_sheet_by_seats(sqlite_url: str, seed: int) -> None:
    with open_reader(put_together(parse(sqlite_url), lambda company: build_random(company, Random(seed)))) as reader:
        for day in (date(2026, 1, 1), date(2026, 7, 1)):
            assert shows_the_same(reader, COMPANY, day)


def test_leaves_come_bit_by_bit_and_are_all_there(place: Database, draft: int) -> None:
    with open_reader(place) as reader:
        view = read_plan_view(reader, FiscalCalendar(), YEAR, COMPANY, ON, "C")
        found = list(read_leaves(reader, draft))
        portions = list(reader.portions("SELECT id FROM quota_cell ORDER BY id", size=5))
    assert {leaf: units for part in found for leaf, units in part.items()} == view.kept
    assert {len(part) for part in portions[:-1]} == {5}
