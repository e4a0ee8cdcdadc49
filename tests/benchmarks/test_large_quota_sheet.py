"""A plan of 5,000 seats in four product lines is edited at its top while one waits, and at a leaf at once.

Times are in bare loops over the same quotas.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from random import Random

import pytest

from salestui.planning.quotas.draft import Draft, draft_of
from salestui.planning.quotas.marks import Marks
from salestui.planning.quotas.rules.entry import entry
from salestui.planning.quotas.sheet import Node, Sheet, Span, Units, key_of

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(300)]

SEATS, LINES, TEAM, REGION = 5000, 4, 9, 8
MONTHS = [date(2026, month, 1) for month in range(1, 13)]
SPANS = [
    Span("year", "FY2026", 0, 11),
    *(Span(f"m{month}", str(month), month, month) for month in range(12)),
    *(Span(f"q{quarter}", f"Q{quarter}", quarter * 3, quarter * 3 + 2) for quarter in range(4)),
]
BUILDING, EDITING, A_LEAF, KEEPING = 90, 130, 1, 55


def rows() -> Iterator[Node]:
    """The company, its regions and their teams, the seats in them and their product lines."""
    yield Node("company", "Company", None, team=True)
    number, region, team = 1, 0, 0
    for seat in range(1, SEATS + 1):
        if (seat - 1) % (TEAM * REGION) == 0:
            yield Node(f"region:{seat}", "Region", 0, team=True)
            region, number = number, number + 1
        if (seat - 1) % TEAM == 0:
            yield Node(f"team:{seat}", "Team", region, team=True)
            team, number = number, number + 1
        yield Node(f"seat:{seat}", f"Seat {seat}", team)
        yield from (Node(f"seat:{seat}:{line}", f"Line {line}", number, seat, line) for line in range(1, LINES + 1))
        number += 1 + LINES


@pytest.fixture(scope="module")
def nodes() -> list[Node]:
    """The rows."""
    return list(rows())


@pytest.fixture(scope="module")
def quotas(nodes: list[Node]) -> Units:
    """A quota in every leaf."""
    random = Random(1)
    places = [(node.seat, node.line) for node in nodes if node.seat is not None]
    return {
        key_of(seat, line, month.toordinal()): random.randrange(1000, 99999) * 10**4
        for seat, line in places
        for month in MONTHS
    }


@pytest.fixture(scope="module")
def loops(quotas: Units) -> Callable[[str, Callable[[], object]], float]:
    """How many bare loops over the quotas something takes, at its best of three."""

    def once(act: Callable[[], object]) -> float:
        begun = time.process_time()
        act()
        return time.process_time() - begun

    def bare() -> None:
        total = 0
        for units in quotas.values():
            total += units or 0

    def measured(what: str, act: Callable[[], object]) -> float:
        taken, loop = min(once(act) for _ in range(3)), min(once(bare) for _ in range(5))
        print(f"{what}: {taken * 1000:.1f} ms, {taken / loop:.1f} loops of {loop * 1000:.1f} ms")
        return taken / loop

    return measured


def test_a_large_sheet_is_built_edited_undone_and_kept_in_time(
    nodes: list[Node], quotas: Units, loops: Callable[[str, Callable[[], object]], float]
) -> None:
    assert loops("build", lambda: Sheet(nodes, MONTHS, SPANS, quotas)) <= BUILDING
    sheet, draft, random = Sheet(nodes, MONTHS, SPANS, quotas), Draft(), Random(2)
    marks = Marks(sheet, draft)

    def shown(row: int) -> None:
        assert marks.at(row, 0) == bool(draft.pending)
        marks.before(row, 0)

    def type_at(row: int, span: int, text: str) -> None:
        step = draft.take("typed", entry(sheet, [(row, span)], text).changes, sheet)
        marks.touch(step.keys)
        shown(row)

    def back() -> None:
        step = draft.undo(sheet)
        assert step is not None
        marks.touch(step.keys)

    def again() -> None:
        step = draft.redo(sheet)
        assert step is not None
        marks.touch(step.keys)

    assert loops("edit", lambda: type_at(0, 0, f"{random.randrange(11, 14)}.{random.randrange(999)}b")) <= EDITING
    assert loops("undo", back) <= EDITING
    assert loops("redo", again) <= EDITING
    row = next(number for number, node in enumerate(nodes) if node.seat is not None)
    assert loops("leaf", lambda: type_at(row, 1, "+1")) <= A_LEAF


def test_a_large_draft_is_written_and_read_in_time(
    nodes: list[Node], quotas: Units, loops: Callable[[str, Callable[[], object]], float]
) -> None:
    sheet, draft = Sheet(nodes, MONTHS, SPANS, quotas), Draft()
    draft.take("typed", entry(sheet, [(0, 0)], "12.3b").changes, sheet)
    assert loops("write", draft.to_plain) <= KEEPING
    plain = draft.to_plain()
    assert loops("read", lambda: draft_of(plain)) <= KEEPING
    assert draft_of(plain).pending == draft.pending
