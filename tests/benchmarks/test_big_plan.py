"""A plan of 240,000 leaves is saved as one change, taken back, and opened, in the time that its user has."""

import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from salestui.cli.main import run
from salestui.metrics.reader import COMPANY
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas.commands.amounts import set_units
from salestui.planning.quotas.commands.versions import begin_version, transitions_from
from salestui.planning.quotas.queries.outline import read_leaves, read_outline
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.support.big_company import LINES, PEOPLE, build_big
from tests.support.companies import KIM

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(900)]

SAVING = {"sqlite": 3.0, "postgresql": 8.0}
TAKING_BACK = {"sqlite": 5.0, "postgresql": 12.0}
SHOWING = 4.0
PUBLISHING = 10.0
OUTLINE = 0.06
RUNS = 9
ON = date(2026, 3, 1)


@pytest.fixture
def place(database_url: str) -> Database:
    """The database of a company of 5,000."""
    return parse(database_url)


@pytest.fixture
def writer(place: Database) -> Iterator[Engine]:
    """It, to be written."""
    opened = engine(place, write=True)
    yield opened
    opened.dispose()


def seconds(what: str, act: Callable[[], object]) -> float:
    """How long something takes; it is told, too."""
    begun = time.perf_counter()
    act()
    taken = time.perf_counter() - begun
    print(f"{what}: {taken:.2f} s")
    return taken


def test_a_plan_of_a_quarter_million_leaves_is_saved_taken_back_and_done_again(place: Database, writer: Engine) -> None:
    plan = build_big(writer)
    with open_reader(place) as reader:
        base = {leaf: units for part in read_leaves(reader, plan) for leaf, units in part.items()}
    raised = {leaf: (units or 0) + 10_000 for leaf, units in base.items()}

    def save() -> None:
        with work(writer, KIM, "Set 240000 quotas") as begun:
            assert set_units(begun, plan, raised, base, ["company year: +1"]) == len(raised) == 240_000

    saving = seconds(f"saving on {place.kind}", save)
    undoing = seconds(f"undoing on {place.kind}", lambda: undo_last(writer, KIM))
    redoing = seconds(f"redoing on {place.kind}", lambda: redo_last(writer, KIM))
    assert saving < SAVING[place.kind]
    assert max(undoing, redoing) < TAKING_BACK[place.kind]


def test_a_plan_of_a_quarter_million_leaves_is_published_and_a_version_begun_of_it(
    place: Database, writer: Engine
) -> None:
    plan = build_big(writer)

    def publish() -> None:
        for transition in transitions_from("draft"):
            with work(writer, KIM, transition.told, kind=transition.kind) as begun:
                transition.act(begun, plan, "")

    def begin() -> None:
        with work(writer, KIM, "Begin") as begun:
            begin_version(begun, 2026)

    assert seconds(f"publishing on {place.kind}", publish) < PUBLISHING
    assert seconds(f"beginning a version on {place.kind}", begin) < TAKING_BACK[place.kind]


def test_the_first_picture_of_a_quarter_million_leaves_is_there_at_once(place: Database, writer: Engine) -> None:
    build_big(writer)
    calendar = FiscalCalendar()
    year = calendar.parse("FY2026", ON)
    with open_reader(place) as reader:
        taken = sorted(
            seconds(f"outline on {place.kind}", lambda: read_outline(reader, calendar, year, COMPANY, ON, "Company"))
            for _ in range(RUNS)
        )
    assert taken[RUNS // 2] < OUTLINE


def test_a_quarter_million_leaves_are_printed(
    place: Database, writer: Engine, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    build_big(writer)
    shown = seconds(f"quota show on {place.kind}", lambda: run(["quota", "show", "--db", database_url]))
    assert capsys.readouterr().out.count("\n") > PEOPLE * LINES
    assert shown < SHOWING
