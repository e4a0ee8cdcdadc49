"""`Empty`: what stands where there is no data yet: what would be there, and what to do first."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from salestui.tui.text import content

BEGIN = (
    "Nothing is loaded yet.",
    "See a company that is ready to look at:   salestui demo",
    "Or load your own, from a folder of files: salestui import FOLDER",
)
"""What to say where nothing is loaded at all."""


class Empty(Static):
    """Sentences in place of data."""

    def __init__(self, *sentences: str, classes: str | None = None) -> None:
        """One paragraph for each."""
        super().__init__(_paragraphs(sentences), markup=False, classes=classes)

    def say(self, *sentences: str) -> None:
        """Say this instead."""
        self.update(_paragraphs(sentences))


def _paragraphs(sentences: Sequence[str]) -> Content:
    return Content("\n\n").join(map(content, sentences))
