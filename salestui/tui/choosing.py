"""What there is to choose from: scopes, periods, themes, actions, things. Imported when the user first asks."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.tui import commands, menu, periods, scopes, themes
from salestui.tui.actions.action import GENERAL, Action
from salestui.tui.navigation import LINES
from salestui.tui.ports import Thing
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.palette import Palette
from salestui.tui.screens.picker import Picker
from salestui.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from salestui.tui.shell import Shell

_MOST_NAMED = 4
_WORD = "word "
"""Before what is explained and cannot be done."""


def scope(shell: "Shell") -> None:
    """Choose whose numbers to see."""
    _pick(shell, "Whose numbers", scopes.choices(shell.scopes), shell.see_scope, mark=shell.view.scope)


def period(shell: "Shell") -> None:
    """Choose the period, or type any."""
    calendar, as_of = shell.company.calendar, shell.view.as_of
    _pick(
        shell,
        "Which period: choose one, or type any, such as 2026-01..2026-03",
        periods.choices(calendar, as_of),
        shell.action_period,
        mark=shell.view.period.label,
        typed=lambda text: periods.typed(calendar, as_of, text),
    )


def theme(shell: "Shell") -> None:
    """Choose the theme."""
    _pick(shell, "Which theme", [Choice(name, name) for name in themes.NAMES], shell.action_theme, mark=shell.theme)


def palette(shell: "Shell", screen: BaseScreen[object]) -> None:
    """Find an action or a thing by name."""
    here = menu.entries(screen, shell.registry)
    shell.push_screen(Palette(here, shell.registry, shell.find), _chosen_from(shell, here))


def explanation(shell: "Shell", screen: BaseScreen[object]) -> None:
    """What can be done here, by keys."""
    here = menu.entries(screen, shell.registry)
    words = [Choice(f"{_WORD}{name}", name, meaning, note=meaning) for name, meaning in screen.WORDS]
    lines = menu.explanations(here.values(), shell.registry)
    chosen = _chosen_from(shell, here)

    async def answered(value: str | None) -> None:
        if value is None or not value.startswith(_WORD):
            await chosen(value)

    shell.push_screen(Picker(f"Help: {screen.HELP}", [*words, *lines]), answered)


def thing_named(name: str, found: Sequence[Thing]) -> Thing:
    """The one thing of that name among those found; UsageProblem where there is none or several."""
    exact = [thing for thing in found if thing.label.casefold() == name.casefold()]
    things = exact or found
    if len(things) == 1:
        return things[0]
    names = ", ".join(safe_line(thing.label) for thing in things[:_MOST_NAMED])
    what = f"could be {names}" if things else "is the name of nothing here"
    raise UsageProblem(f"“{safe_line(name)}” {what}", remedy="Look for it with Ctrl+P.")


def completions(shell: "Shell", line: str) -> Sequence[str]:
    """The lines that what is typed on the command line could become."""
    return commands.complete(line, known_commands(shell), lambda kind, typed: _arguments(shell, kind, typed))


def command(shell: "Shell", line: str) -> commands.Command:
    """The command that a line names here."""
    return commands.parse(line, known_commands(shell))


def known_commands(shell: "Shell") -> Mapping[str, Action]:
    """The commands that can be typed here, by name."""
    context = shell.screen.CONTEXT if isinstance(shell.screen, BaseScreen) else GENERAL
    return shell.registry.commands(GENERAL, context)


def _arguments(shell: "Shell", kind: str, typed: str) -> Sequence[str]:
    if kind == "thing":
        shell.find(typed)
        return ()
    calendar, as_of = shell.company.calendar, shell.view.as_of
    known: dict[str, Callable[[], Iterable[str]]] = {
        "scope": lambda: (choice.label for choice in shell.scopes),
        "period": lambda: periods.labels(calendar, as_of),
        "theme": lambda: themes.NAMES,
        "line": lambda: LINES,
        "day": lambda: (day.isoformat() for day in (as_of, shell.company.as_of, shell.view.period.end)),
    }
    return commands.matching(typed, list(dict.fromkeys(known[kind]())))


def _chosen_from(shell: "Shell", here: Mapping[str, menu.Entry]) -> Callable[[str | None], Awaitable[None]]:
    async def chosen(value: str | None) -> None:
        if value is None:
            return
        entry = here.get(value)
        if entry is None:
            shell.open_thing(menu.thing(value, shell.found))
        elif entry.action.argument and not entry.action.keys:
            shell.action_command(f"{entry.action.command} ")
        else:
            await shell.run_action(entry.action.does, entry.node)

    return chosen


def _pick(
    shell: "Shell",
    title: str,
    choices: Sequence[Choice],
    chosen: Callable[[str], None],
    *,
    mark: str,
    typed: Callable[[str], Sequence[Choice]] | None = None,
) -> None:
    def answered(value: str | None) -> None:
        if value is not None:
            chosen(value)

    shell.push_screen(Picker(title, choices, mark=mark, typed=typed), answered)
