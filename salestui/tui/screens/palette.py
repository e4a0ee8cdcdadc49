"""The palette: every action that makes sense here, and everything in the company that has a name."""

from collections.abc import Callable, Mapping, Sequence

from salestui.tui import menu
from salestui.tui.actions.registry import Registry
from salestui.tui.ports import Thing
from salestui.tui.screens.picker import Picker
from salestui.tui.widgets.field import Field

_LEAST_TYPED = 2


class Palette(Picker, inherit_bindings=True):
    """A picker that also asks for things while the user types."""

    def __init__(self, here: Mapping[str, menu.Entry], registry: Registry, find: Callable[[str], object]) -> None:
        """`find` starts looking for things that have a text; `add_things` is told of them."""
        super().__init__("Find an action, a person, a team, an account or a deal", menu.titles(here.values(), registry))
        self._find = find

    def on_field_changed(self, event: Field.Changed) -> None:
        """Look for things; the picker narrows the list."""
        if len(self.text) >= _LEAST_TYPED:
            self._find(self.text)

    def add_things(self, things: Sequence[Thing]) -> None:
        """Offer these things too."""
        self.add(menu.things(things))
