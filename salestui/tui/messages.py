"""What the shell tells the screens."""

from textual.message import Message

from salestui.tui.navigation import View


class ViewChanged(Message, bubble=False):
    """The scope, the period or the day is another one: read again."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view


class Changed(Message, bubble=False):
    """Data changed: screens that show any of these subjects read again; no subjects mean anything may have changed."""

    def __init__(self, subjects: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.subjects = subjects
