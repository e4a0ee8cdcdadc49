"""What the base gives to every screen: reading, conditions, questions, tables, coming back to a row."""

import threading
from typing import Any, ClassVar

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from salestui.model.values.errors import UsageProblem
from salestui.tui.actions.action import Need
from salestui.tui.navigation import View
from salestui.tui.ports import Thing
from salestui.tui.screens.base import BaseScreen
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.driving import lines_of, press, settle, text_of, type_in
from tests.tui.fake_core import MODES, VIEW, shell

Person = tuple[str, str]
PEOPLE: tuple[Person, ...] = tuple((str(number), f"Person {number:02}") for number in range(30))
FIELDS: tuple[Field[Person], ...] = (Field("name", "Name", value=lambda person: person[1]),)


def key_of(person: Person) -> str:
    """A person's key."""
    return person[0]


class Roster(BaseScreen[tuple[Person, ...]]):
    """A table of people."""

    MODE = "people"
    READS = frozenset({"people"})
    slow: ClassVar[threading.Event | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.readings: list[View] = []
        self.shown_views: list[str] = []
        self.model = ListModel[Person]((), FIELDS, key=key_of, empty="No people yet. Load some first.")

    def body(self) -> ComposeResult:
        """The table."""
        yield Grid(self.model)

    def read(self, view: View) -> tuple[Person, ...]:
        """Everybody, slowly if the test wants."""
        self.readings.append(view)
        if self.slow is not None and view.scope == "West":
            self.slow.wait(5)
        if view.scope == "nobody":
            raise UsageProblem("There is nobody")
        return ((view.scope, view.scope), *PEOPLE)

    def show(self, reading: tuple[Person, ...]) -> None:
        """Show them."""
        self.shown_views.append(reading[0][0])
        self.model.replace(reading)
        self.query_one(Grid).reload()

    @property
    def cursor(self) -> str:
        """The person the cursor is on."""
        cell = self.query_one(Grid).cursor
        return cell[0] if cell else ""

    def go_to(self, cursor: str) -> None:
        """Back to that person."""
        self.query_one(Grid).move_to(cursor)

    def open_thing(self, thing: Thing) -> bool:
        """Shows accounts only."""
        return thing.kind == "account"


def roster_app(**options: Any) -> Shell:
    """The app with the table as its third mode."""
    return shell(modes={**MODES, "people": Roster}, **options)


async def opened(pilot: Pilot[None]) -> Roster:
    """Go to the table."""
    await settle(pilot)
    await press(pilot, "3")
    assert isinstance(pilot.app.screen, Roster)
    return pilot.app.screen


async def test_a_screen_reads_when_it_is_opened_and_not_when_it_comes_back() -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        await press(pilot, "1", "3", "?", "escape")
        assert screen.readings == [VIEW]
        assert "Person 00" in text_of(app)


async def test_a_reading_that_is_out_of_date_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(Roster, "slow", gate)
    app = roster_app()
    async with app.run_test() as pilot:
        await pilot.press("3")
        await pilot.pause(0.1)
        app.look_through(VIEW._replace(scope="p1"))
        await pilot.pause(0.2)
        gate.set()
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, Roster)
        assert screen.shown_views == ["p1"]


async def test_slow_reading_is_told_in_a_static_line(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(Roster, "slow", gate)
    app = roster_app()
    async with app.run_test() as pilot:
        await pilot.press("3")
        await pilot.pause(0.8)
        assert lines_of(app)[-1] == " Reading…"
        assert "No people yet" not in text_of(app)
        gate.set()
        await settle(pilot)
        assert "? help" in lines_of(app)[-1]


async def test_what_was_said_of_a_save_stays_while_the_screen_reads_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        await opened(pilot)
        gate = threading.Event()
        monkeypatch.setattr(Roster, "slow", gate)
        app.say("The amount is saved.")
        app.changed("people")
        await pilot.pause(0.8)
        gate.set()
        await settle(pilot)
        assert "The amount is saved." in lines_of(app)[-1]


async def test_only_changes_of_what_it_shows_make_a_screen_read_again() -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        app.changed("quotas")
        await settle(pilot)
        assert len(screen.readings) == 1
        app.changed("people", "quotas")
        await settle(pilot)
        app.changed()
        await settle(pilot)
        assert len(screen.readings) == 3


async def test_going_back_finds_the_row_one_was_on() -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        await press(pilot, "down", "down", "down")
        row = screen.cursor
        app.look_through(VIEW._replace(scope="p1"))
        await settle(pilot)
        await press(pilot, "ctrl+home", "1")
        await press(pilot, "[", "[")
        assert app.view == VIEW
        assert screen.cursor == row


async def test_a_problem_is_shown_and_gone_when_there_is_none() -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        await opened(pilot)
        app.look_through(VIEW._replace(scope="nobody"))
        await settle(pilot)
        assert "There is nobody." in text_of(app)
        assert "Person 00" not in text_of(app)
        await press(pilot, "[")
        assert "Person 00" in text_of(app)
        assert "There is nobody" not in text_of(app)


async def test_a_table_is_searched_filtered_and_copied_through_the_footer() -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        assert "/ search" in lines_of(app)[-1]
        await pilot.press("/")
        await type_in(pilot, "person 07")
        await press(pilot, "enter")
        assert screen.cursor == "7"
        await pilot.press("/")
        await type_in(pilot, "[nobody]")
        await press(pilot, "enter")
        assert lines_of(app)[-1] == " “[nobody]” is not in this table."
        await pilot.press("f")
        await type_in(pilot, "person 1")
        await press(pilot, "enter")
        assert screen.model.row_count == 10
        await press(pilot, "y")
        assert "Copied 1 row" in lines_of(app)[-1]


async def test_g_twice_goes_to_the_top_of_a_table_also_where_g_begins_other_keys() -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        await press(pilot, "G")
        assert screen.cursor == "29"
        await press(pilot, "g", "g")
        assert screen.cursor == "West"


async def test_an_answer_with_a_problem_stays_in_the_line() -> None:
    answers: list[str] = []

    def answered(answer: str) -> None:
        answers.append(answer)
        if not answer.isdecimal():
            raise UsageProblem("That is not a number")

    app = roster_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        screen.ask("How many? ", answered, text="x")
        await press(pilot, "enter")
        assert lines_of(app)[-1].startswith("How many? x")
        assert lines_of(app)[-2] == " That is not a number."
        await press(pilot, "backspace", "7", "enter")
        assert answers == ["x", "7"]
        assert not screen.asking
        assert isinstance(screen.focused, Grid)


@pytest.mark.parametrize(("answer", "done"), [("y", True), ("Yes", True), ("n", False), ("", False)])
async def test_a_question_is_answered_with_yes_or_not(answer: str, done: bool) -> None:
    calls: list[bool] = []
    app = roster_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        screen.confirm("Really?", lambda: calls.append(True))
        await settle(pilot)
        if answer:
            await type_in(pilot, answer)
        await press(pilot, "enter")
        assert bool(calls) == done


async def test_a_page_over_a_screen_is_left_with_escape() -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        await app.push_screen(Roster())
        await settle(pilot)
        assert app.screen is not screen
        await press(pilot, "escape")
        assert app.screen is screen
        await press(pilot, "escape")
        assert app.screen is screen


async def test_a_thing_is_opened_by_the_screen_that_shows_its_kind_or_not_at_all() -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        await opened(pilot)
        app.open_thing(Thing("account", "a1", "Ruizco"))
        with pytest.raises(UsageProblem, match="does not show"):
            app.open_thing(Thing("territory", "t1", "North"))
        app.open_thing(Thing("team", "West", "West"))
        assert app.view.scope == "West"


async def test_a_condition_nobody_knows_is_a_fault() -> None:
    app = roster_app()
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        with pytest.raises(LookupError, match="moon"):
            screen.meets(Need("moon", "There is no moon."))
