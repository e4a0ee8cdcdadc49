"""Focus that costs only the widgets it leaves and enters."""

from textual.reactive import Reactive
from textual.widget import Widget


def quiet_focus() -> Reactive[Widget | None]:
    """A screen's `focused` that does not repaint the whole screen whenever it changes, as Textual's own does."""
    return Reactive(None, repaint=False)
