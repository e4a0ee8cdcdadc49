"""`Shell`: the app, that is, what the general actions do. Screens do the rest."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import date

from textual import on

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.tui import commands, menu, periods, scopes, themes
from salestui.tui.actions.action import GENERAL, Action
from salestui.tui.navigation import Line
from salestui.tui.ports import Thing
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.palette import Palette
from salestui.tui.screens.picker import Picker
from salestui.tui.state import Found, State
from salestui.tui.widgets.choices import Choice

_MOST_NAMED = 4
_LINES: tuple[Line, ...] = ("then", "today")


class Shell(State):
    """The app."""

    async def action_go(self, mode: str) -> None:
        """Go to a mode."""
        await self.go(mode)

    async def action_back(self) -> None:
        """Go back to the place before."""
        await self.return_to(self._trail.back(self._cursor()))

    async def action_forward(self) -> None:
        """Go forward again."""
        await self.return_to(self._trail.forward(self._cursor()))

    async def action_kpi(self, name: str = "") -> None:
        """Go to the key figures, of a team or person if one is named."""
        if name:
            self.action_scope(name)
        await self.go("performance")

    def action_scope(self, name: str = "") -> None:
        """See the numbers of the team or person of that name, or of one to choose."""
        if name:
            self._see_scope(scopes.named(name, self.scopes))
        else:
            self._pick("Whose numbers", scopes.choices(self.scopes), self._see_scope, mark=self.view.scope)

    def action_period(self, text: str = "") -> None:
        """See the period of that name, or one to choose."""
        calendar, as_of = self.company.calendar, self.view.as_of
        if text:
            self.look_through(self.view._replace(period=calendar.parse(text, as_of)))
        else:
            self._pick(
                "Which period: choose one, or type any, such as 2026-01..2026-03",
                periods.choices(calendar, as_of),
                self.action_period,
                mark=self.view.period.label,
                typed=lambda typed: periods.typed(calendar, as_of, typed),
            )

    def action_as_of(self, text: str = "") -> None:
        """See everything as of that day, or as of the company's own."""
        self.look_through(self.view._replace(as_of=_day(text) if text else self.company.as_of))

    def action_line(self, text: str = "") -> None:
        """Count people in the teams of the time, or in today's; without a word, the other way than now."""
        line = text or next(line for line in _LINES if line != self.view.line)
        if line not in _LINES:
            raise UsageProblem(f"“{safe_line(text)}” is not a way to see teams", expected="then or today")
        self.look_through(self.view._replace(line=next(known for known in _LINES if known == line)))

    def action_theme(self, name: str = "") -> None:
        """Use the theme of that name, or one to choose."""
        if name:
            self.theme = themes.named(name)
        else:
            self._pick("Which theme", [Choice(name, name) for name in themes.NAMES], self.action_theme, mark=self.theme)

    def action_read_again(self) -> None:
        """Read everything again, and paint the whole screen."""
        self.changed()
        self.action_redraw()

    def action_next_part(self) -> None:
        """Go to the next part of the screen."""
        self.screen.focus_next()

    def action_previous_part(self) -> None:
        """Go to the part of the screen before."""
        self.screen.focus_previous()

    async def action_leave(self) -> None:
        """Leave a page for the one below it."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()

    def action_undo(self) -> None:
        """Undo the last change."""
        self.step_in_history(back=True)

    def action_redo(self) -> None:
        """Make the last change again."""
        self.step_in_history(back=False)

    def action_how_to_quit(self) -> None:
        """Say how to leave the app."""
        keys = self.registry.keys_shown(self.registry["general.quit"])
        self.say(f"To leave salestui, press {keys}.")

    async def action_quit(self) -> None:
        """Leave the app, after a question if something is unsaved."""
        screen = self.screen
        if not self.unsaved:
            self.exit()
        elif isinstance(screen, BaseScreen):
            changes = "1 change is" if self.unsaved == 1 else f"{self.unsaved} changes are"
            screen.confirm(f"{changes} unsaved. Leave without saving?", self.exit)

    def action_command(self, text: str = "") -> None:
        """Ask for a command."""
        if isinstance(self.screen, BaseScreen):
            self.screen.ask(":", self.perform, text=text, typed=self._completions, memory=self.commands_typed)

    async def perform(self, line: str) -> None:
        """Do what a line of the command line says; a Problem where that cannot be done."""
        if not line.strip():
            return
        action, argument = commands.parse(line, self._commands())
        target = self if action.context == GENERAL else self.screen
        if action.numbered:
            await self.do(("", action.method, (_number(argument),)), target)
        elif argument:
            await self.do(("", action.method, (argument,)), target)
        else:
            await self.do(action.does, target)

    def _commands(self) -> dict[str, Action]:
        context = self.screen.CONTEXT if isinstance(self.screen, BaseScreen) else GENERAL
        return self.registry.commands(GENERAL, context)

    def _completions(self, line: str) -> Sequence[str]:
        return commands.complete(line, self._commands(), self._complete_argument)

    def _complete_argument(self, kind: str, typed: str) -> Sequence[str]:
        if kind == "thing":
            self.find(typed)
            return ()
        calendar, as_of = self.company.calendar, self.view.as_of
        known: dict[str, Callable[[], Iterable[str]]] = {
            "scope": lambda: (scope.label for scope in self.scopes),
            "period": lambda: periods.labels(calendar, as_of),
            "theme": lambda: themes.NAMES,
            "line": lambda: _LINES,
            "day": lambda: (day.isoformat() for day in (as_of, self.company.as_of, self.view.period.end)),
        }
        return commands.matching(typed, list(dict.fromkeys(known[kind]())))

    @on(Found)
    def _offer_found(self, event: Found) -> None:
        """Offer the things found where a name is being typed, or open the one that was named."""
        if isinstance(self.screen, Palette):
            self.screen.add_things(event.things)
        elif event.to_open:
            self._open_found(event)
        elif isinstance(self.screen, BaseScreen):
            self.screen.offer(f"open {event.text}", [f"open {thing.label}" for thing in event.things])

    def _open_found(self, event: Found) -> None:
        exact = [thing for thing in event.things if thing.label.casefold() == event.text.casefold()]
        things = exact or event.things
        try:
            if len(things) != 1:
                names = ", ".join(safe_line(thing.label) for thing in things[:_MOST_NAMED])
                what = f"could be {names}" if things else "is the name of nothing here"
                raise UsageProblem(f"“{safe_line(event.text)}” {what}", remedy="Look for it with Ctrl+P.")
            self.open_thing(things[0])
        except UsageProblem as problem:
            self.say(str(problem), "warn")

    def action_open(self, name: str = "") -> None:
        """Open the thing of that name, or one to choose."""
        if name:
            self.find(name, to_open=True)
        else:
            self.action_palette()

    def open_thing(self, thing: Thing) -> None:
        """Show a thing: a person or a team by its numbers, anything else on the screen that has it."""
        if isinstance(self.screen, BaseScreen) and self.screen.open_thing(thing):
            return
        if thing.kind not in ("person", "team"):
            raise UsageProblem(f"This screen does not show {thing.label}", remedy="Go to 4 Performance and try there.")
        self._see_scope(thing.key)

    def action_palette(self) -> None:
        """Find an action or a thing by name."""
        if isinstance(self.screen, BaseScreen):
            here = menu.entries(self.screen, self.registry)
            self.push_screen(Palette(here, self.registry, self.find), self._chosen_from(here))

    def action_help(self) -> None:
        """Show what can be done here."""
        screen = self.screen
        if isinstance(screen, BaseScreen):
            here = menu.entries(screen, self.registry)
            lines = menu.explanations(here.values(), self.registry)
            self.push_screen(Picker(f"Help: {screen.HELP}", lines), self._chosen_from(here))

    def _chosen_from(self, here: Mapping[str, menu.Entry]) -> Callable[[str | None], Awaitable[None]]:
        async def chosen(value: str | None) -> None:
            if value is not None and value in here:
                await self._do_entry(here[value])
            elif value is not None:
                self.open_thing(menu.thing(value, self.found))

        return chosen

    async def _do_entry(self, entry: menu.Entry) -> None:
        if entry.action.argument and not entry.action.keys:
            self.action_command(f"{entry.action.command} ")
        else:
            await self.run_action(entry.action.does, entry.node)

    def _see_scope(self, key: str) -> None:
        self.look_through(self.view._replace(scope=key))

    def _pick(
        self,
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

        self.push_screen(Picker(title, choices, mark=mark, typed=typed), answered)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageProblem(f"“{safe_line(text)}” is not a day", expected="a day such as 2026-10-01") from None


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UsageProblem(f"“{safe_line(text)}” is not a number", expected="a number such as 1")
    return int(text)
