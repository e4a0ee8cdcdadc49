"""`Prompt`: the line at the bottom for commands, searches and questions, with completion and a memory."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from salestui.tui.actions.editing import PROMPT
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.widgets.field import Field


class Prompt(Field):
    """Lies over the footer while it is open."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings(PROMPT)]

    def __init__(self) -> None:
        super().__init__()
        self._open = False
        self._offers: tuple[str, ...] = ()
        self._taken = -1
        self._memory: list[str] = []
        self._recalled = 0

    def allow_focus(self) -> bool:
        """Only while it is open."""
        return self._open

    def open(self, lead: str, value: str = "", memory: list[str] | None = None, *, replaced: bool = False) -> None:
        """Ask for a text after `lead`; what is submitted joins the memory. `replaced`: see `put`."""
        self._memory = [] if memory is None else memory
        self._recalled = len(self._memory)
        self._forget()
        self._show_open(True)
        self.put(value, lead=lead, replaced=replaced)
        self.screen.set_focus(self)

    def close(self) -> None:
        """Be gone."""
        self._show_open(False)

    def offer(self, lines: Sequence[str]) -> None:
        """Offer whole lines that complete what is typed."""
        self._offers, self._taken = tuple(lines), -1
        self._show_offers()

    def action_complete(self) -> None:
        """Take the next completion."""
        self._take(1)

    def action_complete_back(self) -> None:
        """Take the completion before."""
        self._take(-1)

    def action_earlier(self) -> None:
        """Bring back what was typed before."""
        self._recall(-1)

    def action_later(self) -> None:
        """Bring back what was typed after that."""
        self._recall(1)

    def action_submit(self) -> None:
        """Take what is typed, and remember it."""
        if self.value.strip() and self.value not in self._memory[-1:]:
            self._memory.append(self.value)
        super().action_submit()

    def _show_open(self, is_open: bool) -> None:
        self._open = is_open
        # Not `display`, which would have the whole screen painted again.
        self.styles.height = int(is_open)

    def _take(self, step: int) -> None:
        if not self._offers:
            return
        self._taken = (self._taken + step) % len(self._offers) if self._taken >= 0 else min(step, 0)
        taken = self._offers[self._taken]
        if len(self._offers) == 1:
            self._insert_whole(taken)
        else:
            self.put(taken)
            self._show_offers()

    def _insert_whole(self, line: str) -> None:
        self._forget()
        whole = line if " " in line else f"{line} "
        self._edit(whole, len(whole))

    def _recall(self, step: int) -> None:
        place = min(max(self._recalled + step, 0), len(self._memory))
        if place != self._recalled:
            self._recalled = place
            line = self._memory[place] if place < len(self._memory) else ""
            self._edit(line, len(line))

    def _forget(self) -> None:
        self._offers, self._taken = (), -1
        self.help_with("")

    def _show_offers(self) -> None:
        ahead = self._offers[max(self._taken, 0) :]
        self.help_with("  ".join(_last_part(line, self._offers) for line in ahead))


def _last_part(line: str, lines: Sequence[str]) -> str:
    """What is left of a completion without the words that all of them share."""
    command, space, argument = line.partition(" ")
    return argument if space and all(other.startswith(command + space) for other in lines) else line
