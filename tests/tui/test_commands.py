"""What is typed on the command line: commands, scopes, periods."""

from datetime import date

import pytest

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import UsageProblem
from salestui.tui import commands, periods, scopes
from salestui.tui.actions.action import GENERAL
from salestui.tui.actions.registry import REGISTRY
from tests.tui.fake_core import AS_OF, CALENDAR, LONG, SCOPES, TRICKY

COMMANDS = REGISTRY.commands(GENERAL)


def of_kind(kind: str, typed: str) -> list[str]:
    """A completer that tells what it was asked."""
    return [f"{kind}:{typed}", "West"]


@pytest.mark.parametrize(
    ("line", "action", "argument"),
    [
        ("scope West", "general.scope", "West"),
        ("  scope   Ruiz, Ana ", "general.scope", "Ruiz, Ana"),
        ("sc West", "general.scope", "West"),
        ("quit", "general.quit", ""),
        ("q", "general.quit", ""),
        ("u", "general.undo", ""),
        ("qui", "general.quit", ""),
        ("as-of 2026-10-01", "general.as_of", "2026-10-01"),
    ],
)
def test_a_line_names_a_command_and_its_argument(line: str, action: str, argument: str) -> None:
    command = commands.parse(line, COMMANDS)
    assert (command.action.id, command.argument) == (action, argument)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("foo", "There is no command “foo”. Expected one of as-of, back"),
        ("pe 1", "“pe” could be people or performance or period"),
        ("quit now", "The command quit takes nothing after it. Type just: quit."),
        ("\x1b[31m", "There is no command “␛[31m”"),
    ],
)
def test_a_line_that_names_none_is_answered_in_words(line: str, told: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        commands.parse(line, COMMANDS)
    assert told in str(caught.value)


def test_the_name_of_a_command_is_completed() -> None:
    assert commands.complete("pe", COMMANDS, of_kind) == ("people", "performance", "period")
    assert commands.complete("period", COMMANDS, of_kind) == ()
    assert "quit" in commands.complete("", COMMANDS, of_kind)


def test_an_argument_is_completed_by_its_kind() -> None:
    assert commands.complete("scope We", COMMANDS, of_kind) == ("scope scope:We", "scope West")
    assert commands.complete("scope West", COMMANDS, of_kind) == ("scope scope:West",)
    assert commands.complete("quit ", COMMANDS, of_kind) == ()
    assert commands.complete("foo ", COMMANDS, of_kind) == ()


def test_choices_that_begin_with_what_is_typed_come_first() -> None:
    assert commands.matching("we", ["Lower", "West", "North", "Powell"]) == ("West", "Lower", "Powell")


@pytest.mark.parametrize(
    ("typed", "key"),
    [("west", "West"), ("Ruiz", "p1"), ("p2", "p2"), ("acme", "company"), (TRICKY, "tricky"), (LONG, LONG)],
)
def test_a_scope_is_found_by_key_name_or_part_of_it(typed: str, key: str) -> None:
    assert scopes.named(typed, SCOPES) == key


@pytest.mark.parametrize(
    ("typed", "told"),
    [("zzz", "There is no team or person “zzz”"), ("a", "“a” could be Acme, Ruiz, Ana, [@click=app.quit]Team")],
)
def test_a_scope_that_is_none_or_many_is_told(typed: str, told: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        scopes.named(typed, SCOPES)
    assert told in str(caught.value)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "calendar", [CALENDAR, FiscalCalendar(7), FiscalCalendar(2, "4-4-5", 6, "start")], ids=["months", "july", "4-4-5"]
)
@pytest.mark.parametrize("as_of", [AS_OF, date(2024, 2, 29), date(2026, 1, 1)])
def test_every_period_offered_is_one(calendar: FiscalCalendar, as_of: date) -> None:
    offered = periods.choices(calendar, as_of)
    assert [calendar.parse(choice.value, as_of).label for choice in offered] == [choice.value for choice in offered]
    assert offered[0].value == calendar.quarter_of(as_of).label
    assert len({choice.value for choice in offered}) == len(offered)


def test_a_typed_period_is_offered_first() -> None:
    (choice,) = periods.typed(CALENDAR, AS_OF, "2026-01..2026-03")
    assert choice.value == "2026-01..2026-03"
    assert choice.detail == "what you typed, 1 Jan 2026 – 31 Mar 2026"
    assert not periods.typed(CALENDAR, AS_OF, "nonsense")
    assert not periods.typed(CALENDAR, AS_OF, "")
