"""What an action is: everything the footer, the palette, the help, the command line and the README say about it."""

from typing import NamedTuple

GENERAL = "general"
"""The context of what works everywhere."""


class Need(NamedTuple):
    """A condition that an action waits for, and why it cannot be done while the condition does not hold."""

    name: str
    reason: str
    lasting: bool = False
    """Whether it stays as it is for a good while: then the hint of what cannot be done takes no room."""


class Action(NamedTuple):
    """Something the user can do, defined once.

    `keys` are written as people type them (`q`, `?`, `ctrl+p`); two keys after one another are `g 1`. `context` is
    where the keys are bound: everywhere (`general`), on one screen, or in one widget. `hint` is the footer's word for
    it; without one it is not in the footer. `command` is its name on the command line, `argument` what follows there,
    `completes` what completes that. `does` is the name of the method behind it (`quit` calls `action_quit`), with
    arguments if it takes any (`go('today')`). A `numbered` action hands the number of the key that was pressed.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str
    does: str
    context: str = GENERAL
    needs: Need | None = None
    hint: str = ""
    command: str = ""
    argument: str = ""
    completes: str = ""
    numbered: bool = False

    @property
    def method(self) -> str:
        """The name of what it does, without arguments."""
        return self.does.partition("(")[0]


class Group(NamedTuple):
    """Actions of one context under one heading of the help; their ids begin with the `prefix`, else the context."""

    context: str
    heading: str
    prefix: str = ""

    def action(
        self,
        name: str,
        key: str,
        title: str,
        sentence: str,
        hint: str = "",
        needs: Need | None = None,
        *,
        does: str = "",
        command: str = "",
    ) -> Action:
        """One of them; what it does and its command are called as it is, unless they are given."""
        return Action(
            f"{self.prefix or self.context}.{name}",
            (key,),
            title,
            sentence,
            self.heading,
            does or name,
            self.context,
            needs,
            hint,
            command or name,
        )


A_PLACE_BEFORE = Need("back", "There is no earlier place to go back to.")
A_PLACE_AFTER = Need("forward", "There is no later place: you have not gone back.")
SOMETHING_TO_UNDO = Need("undo", "There is nothing to undo.")
SOMETHING_TO_REDO = Need("redo", "There is nothing to redo.")
