"""The registry is whole: every key of the app is in it, every action can be done, no key means two things."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

import salestui.tui
from salestui.tui.actions import editing
from salestui.tui.actions.action import GENERAL, Action
from salestui.tui.actions.grid import GRID
from salestui.tui.actions.keys import all_shown, is_key, shown
from salestui.tui.actions.registry import REGISTRY, Registry, meet
from salestui.tui.frame import Frame
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.picker import Picker
from salestui.tui.shell import Shell
from salestui.tui.widgets.field import Field
from salestui.tui.widgets.grid.editing import CellField
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.prompt import Prompt

WIDGETS: dict[str, type[DOMNode]] = {
    GENERAL: Shell,
    GRID: Grid,
    editing.FIELD: Field,
    editing.PROMPT: Prompt,
    editing.PICKER: Picker,
    editing.CELL: CellField,
}


def own_classes() -> Iterator[type[DOMNode]]:
    """Every widget, screen and app of salestui."""
    for module in pkgutil.walk_packages(salestui.tui.__path__, "salestui.tui."):
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(found, DOMNode) and found.__module__.startswith("salestui."):
                yield found


def bindings_of(cls: type[DOMNode]) -> list[Binding]:
    """What is bound in an object of this class, inherited keys too."""
    return [binding for bound in cls._merge_bindings().key_to_bindings.values() for binding in bound]


def homes() -> dict[str, type[DOMNode]]:
    """Each context with the class its keys are bound in."""
    screens = {cls.CONTEXT: cls for cls in own_classes() if issubclass(cls, BaseScreen) and cls.CONTEXT}
    return {**screens, **WIDGETS}


@pytest.mark.parametrize("cls", sorted(set(own_classes()), key=repr))
def test_every_key_of_the_app_belongs_to_a_registered_action(cls: type[DOMNode]) -> None:
    if issubclass(cls, App) and not issubclass(cls, Frame):
        return
    strangers = [binding for binding in bindings_of(cls) if REGISTRY.of_binding(binding) is None]
    assert not strangers


@pytest.mark.parametrize("action", list(REGISTRY), ids=lambda action: action.id)
def test_every_action_has_a_method_where_its_keys_are_bound(action: Action) -> None:
    assert callable(getattr(homes()[action.context], f"action_{action.method}", None))


@pytest.mark.parametrize("action", list(REGISTRY), ids=lambda action: action.id)
def test_every_action_is_explained_in_a_sentence(action: Action) -> None:
    assert action.help[0].isupper()
    assert action.help.endswith(".")
    assert action.title
    assert not action.title.endswith(".")
    assert action.group


@pytest.mark.parametrize("action", list(REGISTRY), ids=lambda action: action.id)
def test_every_action_can_be_reached(action: Action) -> None:
    assert action.keys or action.command
    assert all(map(is_key, action.keys))


@pytest.mark.parametrize("action", [action for action in REGISTRY if action.needs], ids=lambda action: action.id)
def test_what_an_action_waits_for_is_told_in_a_sentence(action: Action) -> None:
    assert action.needs
    assert action.needs.reason.endswith(".")


def test_no_key_means_two_things_at_once() -> None:
    assert not list(REGISTRY.clashes())


def test_a_command_has_one_meaning_wherever_it_is_typed() -> None:
    for context in {action.context for action in REGISTRY if meet(action.context, GENERAL)}:
        names = [action.command for action in REGISTRY.within(*{GENERAL, context}) if action.command]
        assert len(names) == len(set(names))


def test_a_clash_is_found_between_contexts_that_meet_and_not_between_others() -> None:
    def clashing(one: str, other: str, key: str = "x") -> bool:
        first = Action("a", ("x",), "", "", "", "a", context=one)
        return bool(list(Registry([first, Action("b", (key,), "", "", "", "b", context=other)]).clashes()))

    assert clashing(GENERAL, GENERAL)
    assert clashing(GENERAL, "today")
    assert clashing(GRID, "today")
    assert clashing("today", "today", "x 1")
    assert clashing(editing.FIELD, editing.PROMPT)
    assert not clashing("today", "planning")
    assert not clashing(GENERAL, editing.FIELD)
    assert not clashing(editing.PROMPT, editing.PICKER)


def test_the_table_for_the_readme_has_every_action_once() -> None:
    rows = REGISTRY.markdown_table().splitlines()
    assert len(rows) == 2 + len(list(REGISTRY))
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)
    for action in REGISTRY:
        assert sum(f"| {action.help.replace('|', chr(92) + '|')} |" in row for row in rows) >= 1


def test_keys_are_shown_as_people_know_them() -> None:
    assert [shown(key) for key in ("q", "?", "ctrl+p", "shift+tab", "f1", "g 1", "escape", "+")] == [
        "q",
        "?",
        "Ctrl+P",
        "Shift+Tab",
        "F1",
        "g 1",
        "Esc",
        "+",
    ]
    assert all_shown(("g 1", "g 2", "g 3"), numbered=True) == "g 1 … g 3"


def test_a_numbered_action_is_told_which_key_was_pressed() -> None:
    bound = {binding.key: binding.action for binding in REGISTRY.bindings("today") if binding.action.startswith("need")}
    assert bound["g 1"] == "need(1)"
    assert bound["g 8"] == "need(8)"
