"""The bottom of a screen: hints, messages, and the line that asks the user for something."""

from collections.abc import Awaitable, Callable, Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from salestui.model.values.errors import Problem
from salestui.tui.screens.focus import quiet_focus
from salestui.tui.widgets.footer import Footer
from salestui.tui.widgets.lines import Tone

if TYPE_CHECKING:
    from salestui.tui.widgets.field import Field
    from salestui.tui.widgets.prompt import Prompt

Answered = Callable[[str], Awaitable[None] | None]
"""Told what the user typed. A `Problem` it raises is shown, and the line stays open."""
Typed = Callable[[str], Sequence[str]]
"""Asked at every key for lines that complete what is typed."""


class _Question(NamedTuple):
    lead: str
    answered: Answered
    typed: Typed | None
    memory: list[str] | None


class AskingScreen(Screen[None], inherit_bindings=False):
    """A screen with a footer, over which a prompt opens when something is asked."""

    focused = quiet_focus()

    def __init__(self) -> None:
        super().__init__()
        # A new screen is styled by the present theme: without this, Textual reads every style sheet again for it.
        self._css_update_count = self.app._css_update_count
        self.footer = Footer()
        self._prompt: Prompt | None = None
        self._question: _Question | None = None
        self._focused_before: Widget | None = None

    @property
    def asking(self) -> bool:
        """Whether the user is being asked for something."""
        return self._question is not None

    def _compositor_refresh(self) -> None:
        """Draw nothing that Textual would throw away: what changes within a batch is drawn when that ends."""
        if not self.app._batch_count:
            super()._compositor_refresh()

    def say(self, message: str, tone: Tone = "") -> None:
        """Tell the user something in the footer, until the next key."""
        self.footer.say(message, tone)

    def ask(
        self,
        lead: str,
        answered: Answered,
        *,
        text: str = "",
        begun: str = "",
        typed: Typed | None = None,
        memory: list[str] | None = None,
    ) -> None:
        """Ask for a line of text after `lead`; `memory` keeps what was answered before.

        It begins with `text`, which what is typed first replaces, or with what was `begun`, which typing goes on with.
        """
        self._open(_Question(lead, answered, typed, memory), text or begun, replaced=bool(text))

    def take(self, lead: str, answered: Callable[[str], None], text: str) -> None:
        """Take a text as the answer to what would be asked; ask where there is a problem with it."""
        try:
            answered(text)
        except Problem as problem:
            self.ask(lead, answered, begun=text)
            self.say(str(problem), "bad")

    def confirm(self, question: str, yes: Callable[[], None]) -> None:
        """Ask a question and call `yes` if the answer begins with y."""

        def answered(answer: str) -> None:
            if answer.strip().lower() in ("y", "yes"):
                yes()

        self.ask(f" {question} y/n ", answered)

    def offer(self, text: str, lines: Sequence[str]) -> None:
        """Offer lines that complete `text`, if that is still what is typed."""
        if self._prompt is not None and self.asking and self._prompt.value.strip() == text:
            self._prompt.offer(lines)

    def _open(self, question: _Question, text: str, *, replaced: bool = False) -> None:
        if self._prompt is None:
            # Made when it is first needed, so that a screen opens sooner.
            from salestui.tui.widgets.prompt import Prompt

            self._prompt = Prompt()
            self.mount(self._prompt)
        if self.focused is not self._prompt:
            self._focused_before = self.focused
        self._question = question
        self.footer.raise_above(True)
        self._prompt.open(question.lead, text, question.memory, replaced=replaced)
        if question.typed:
            self._prompt.offer(question.typed(text))

    def _close(self) -> None:
        self._question = None
        self.footer.raise_above(False)
        if self._prompt is not None:
            self._prompt.close()
        self.set_focus(self._focused_before)

    def on_key(self, event: events.Key) -> None:
        """The app has done what keys are bound to before they came here."""
        event.stop()

    def on_field_changed(self, event: "Field.Changed") -> None:
        """Offer completions for what is typed."""
        prompt, question = self._prompt, self._question
        if prompt is not None and prompt is event.field and question is not None and question.typed is not None:
            prompt.offer(question.typed(prompt.value))

    async def on_field_submitted(self, event: "Field.Submitted") -> None:
        """Close the prompt and hand over what was typed; open it again if there is a problem with that."""
        question = self._question
        if event.field is not self._prompt or question is None:
            return
        text = event.field.value
        self._close()
        try:
            result = question.answered(text)
            if isawaitable(result):
                await result
        except Problem as problem:
            self._open(question, text)
            self.say(str(problem), "bad")

    def on_field_cancelled(self, event: "Field.Cancelled") -> None:
        """Close the prompt."""
        if event.field is self._prompt:
            self._close()
