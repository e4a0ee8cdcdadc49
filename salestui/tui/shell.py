"""`Shell`: the app, that is, what the general actions do. Screens do the rest.

What is only needed once the user chooses or types something is imported there, so that the app opens sooner.
"""

from collections.abc import Callable, Sequence
from datetime import date

from textual import on

from salestui.model.values.errors import Problem, UsageProblem
from salestui.model.values.text import safe_line
from salestui.tui import themes
from salestui.tui.actions.action import GENERAL
from salestui.tui.navigation import LINES
from salestui.tui.ports import Thing
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.dialogs import Dialog
from salestui.tui.screens.modes import page_about, page_of, umbrella_of
from salestui.tui.state import Found, State


class Shell(State):
    """The app."""

    async def action_go(self, page: str) -> None:
        """Go to a page."""
        await self.go(page)

    async def action_objectives(self, what: str = "") -> None:
        """Go to the objectives, and do there what a word says."""
        await self.go("objectives")
        if what:
            await self.perform(what)

    async def action_umbrella(self, umbrella: str) -> None:
        """Go to the page of an umbrella that was seen last, or from there to its next."""
        over_a_page = len(self.screen_stack) > 1 and umbrella_of(self.current_mode) == umbrella
        page = self.current_mode if over_a_page else None
        await self.go(page or page_of(umbrella, self.seen_last, self.current_mode, self.mode_names))

    async def action_back(self) -> None:
        """Go back to the page below, or to the place before."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        else:
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
        from salestui.tui import choosing, scopes

        if name:
            self.see_scope(scopes.named(name, self.scopes))
        else:
            choosing.scope(self)

    def see_scope(self, key: str) -> None:
        """See the numbers of a scope."""
        self.look_through(self.view._replace(scope=key))

    def action_period(self, text: str = "") -> None:
        """See the period of that name, or one to choose."""
        from salestui.tui import choosing

        if text:
            self.look_through(self.view._replace(period=self.company.calendar.parse(text, self.view.as_of)))
        else:
            choosing.period(self)

    def action_as_of(self, text: str = "") -> None:
        """See everything as of that day, or as of the company's own."""
        self.look_through(self.view._replace(as_of=self._day(text) if text else self.company.as_of))

    def _day(self, text: str) -> date:
        from salestui.model.values.day_entry import entered_day

        day = entered_day(text, self.view.as_of, self.company.as_of, back=True)
        if day is None:
            raise UsageProblem("Everything is seen as of a day", expected="a day such as 2026-10-01")
        return day

    def action_close_months(self, text: str = "") -> None:
        """Close the months up to the one named, or one that is asked for."""
        from salestui.tui import closing

        closing.close(self, text)

    def action_reopen_months(self, text: str = "") -> None:
        """Open a closed month and those after it again."""
        from salestui.tui import closing

        closing.reopen(self, text)

    def action_line(self, text: str = "") -> None:
        """Count people in the teams of the time, or in today's; without a word, the other way than now."""
        wanted = [line for line in LINES if (line == text if text else line != self.view.line)]
        if not wanted:
            raise UsageProblem(f"“{safe_line(text)}” is not a way to see teams", expected="then or today")
        self.look_through(self.view._replace(line=wanted[0]))

    def action_theme(self, name: str = "") -> None:
        """Use the theme of that name, or one to choose."""
        from salestui.tui import choosing

        if name:
            self.theme = themes.named(name)
        else:
            choosing.theme(self)

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
        """Leave the page for the one below it."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()

    def action_undo(self) -> None:
        """Undo what was typed last, or else the last change that was saved."""
        if self._is_typing_into_a_cell():
            return
        if isinstance(self.screen, BaseScreen) and self.screen.can_undo:
            self.say(self.screen.undo())
            return
        if isinstance(self.screen, BaseScreen) and self.screen.is_saving:
            self.say("Saving. Undo in a moment.", "warn")
            return
        if self.unsaved:
            changes = "1 change is" if self.unsaved == 1 else f"{self.unsaved} changes are"
            self.say(f"{changes} not saved yet: save or undo what is typed first, at {self.unsaved_at}.", "warn")
            return
        self.change(lambda: self._across_saved(self.core.undo_last, 1))

    def action_redo(self) -> None:
        """Make again what was undone last."""
        if self._is_typing_into_a_cell():
            return
        if isinstance(self.screen, BaseScreen) and self.screen.can_redo:
            self.say(self.screen.redo())
        else:
            self.change(lambda: self._across_saved(self.core.redo_last, -1), failed=self._not_redone)

    def _is_typing_into_a_cell(self) -> bool:
        """Whether something is being typed into a cell, with what to do with it first."""
        from salestui.tui.widgets.grid.editing import CellField

        is_typing = isinstance(self.focused, CellField)
        if is_typing:
            self.say("Enter takes what you type here, Esc leaves it: do that first.", "warn")
        return is_typing

    def _across_saved(self, act: Callable[[], str], undone: int) -> str:
        """Undo or redo a saved change, in a thread."""
        told = act()
        self.call_from_thread(self.tell_saved_undone, undone)
        return told

    def _not_redone(self, problem: Problem) -> None:
        """What was typed and taken back waits for it no more."""
        self.tell_saved_undone(0)
        self.say(str(problem), "bad")

    def action_how_to_quit(self) -> None:
        """Say how to leave the app."""
        keys = self.registry.keys_shown(self.registry["general.quit"])
        copy = self.registry.keys_shown(self.registry["grid.copy"])
        self.say(f"To leave salestui, press {keys}; in a table {copy} copies.")

    async def action_quit(self) -> None:
        """Leave the app, after a question if something is unsaved."""
        screen = self.screen
        self.save_drafts()
        if not self.unsaved:
            self.exit()
            return
        if isinstance(screen, BaseScreen):
            changes = "1 change is" if self.unsaved == 1 else f"{self.unsaved} changes are"
            screens = [each for each in self.all_screens() if isinstance(each, BaseScreen)]
            then = next((each.at_risk for each in screens if each.at_risk), "and will be here again next time")
            screen.confirm(f"{changes} unsaved, {then}. Leave?", self.exit)

    def action_command(self, text: str = "") -> None:
        """Ask for a command."""
        if isinstance(self.screen, BaseScreen):
            self.screen.ask(":", self.perform, begun=text, typed=self._completions, memory=self.commands_typed)

    async def perform(self, line: str) -> None:
        """Do what a line of the command line says; a Problem where that cannot be done."""
        from salestui.tui import choosing

        if not line.strip():
            return
        action, argument = choosing.command(self, line)
        target = self if action.context == GENERAL else self.screen
        if action.numbered:
            await self.do(("", action.method, (_number(argument),)), target)
        elif argument:
            await self.do(("", action.method, (argument,)), target)
        else:
            await self.do(action.does, target)

    def _completions(self, line: str) -> Sequence[str]:
        from salestui.tui import choosing

        return choosing.completions(self, line)

    @on(Found)
    def _offer_found(self, event: Found) -> None:
        """Offer the things found where a name is being typed, or open the one that was named."""
        if isinstance(self.screen, Dialog):
            self.screen.add_things(event.things)
        elif event.to_open:
            self._open_found(event)
        elif isinstance(self.screen, BaseScreen):
            self.screen.offer(f"open {event.text}", [f"open {thing.label}" for thing in event.things])

    def _open_found(self, event: Found) -> None:
        from salestui.tui import choosing

        try:
            self.open_thing(choosing.thing_named(event.text, event.things))
        except Problem as problem:
            self.say(str(problem), "warn")

    def action_open(self, name: str = "") -> None:
        """Open the thing of that name, or one to choose."""
        if name:
            self.find(name, to_open=True)
        else:
            self.action_palette()

    def open_thing(self, thing: Thing) -> None:
        """Show a thing: on the screen that has it, else on a page of its own, a team by its numbers."""
        if isinstance(self.screen, BaseScreen) and self.screen.open_thing(thing):
            return
        page = page_about(thing)
        if page is not None:
            self.push_screen(page)
            return
        if thing.kind not in ("person", "team"):
            raise UsageProblem(f"This screen does not show {thing.label}", remedy="Go to 4 Performance and try there.")
        self.see_scope(thing.key)

    def action_palette(self) -> None:
        """Find an action or a thing by name."""
        from salestui.tui import choosing

        if isinstance(self.screen, BaseScreen):
            choosing.palette(self, self.screen)

    def action_help(self) -> None:
        """Show what can be done here."""
        from salestui.tui import choosing

        if isinstance(self.screen, BaseScreen):
            choosing.explanation(self, self.screen)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UsageProblem(f"“{safe_line(text)}” is not a number", expected="a number such as 1")
    return int(text)
