"""`Chart`: bars, a line and intervals in whatever room there is; paints again only what differs.

yield Chart()
…
self.query_one(Chart).plot(Figure(slots, show=money, names=Names(value="booked", mark="quota")))
"""

from textual import events

from salestui.tui.widgets.chart.drawing import drawn
from salestui.tui.widgets.chart.figures import Figure
from salestui.tui.widgets.lines import Lines


class Chart(Lines):
    """A figure, drawn to fit."""

    def __init__(self, figure: Figure | None = None, *, name: str | None = None, classes: str | None = None) -> None:
        """Begin with this figure, or an empty one."""
        super().__init__(name=name, classes=classes)
        self._figure = figure or Figure(())

    @property
    def figure(self) -> Figure:
        """What is drawn."""
        return self._figure

    def plot(self, figure: Figure) -> None:
        """Draw another figure."""
        self._figure = figure
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Use the room there is."""
        self._draw()

    def _draw(self) -> None:
        self.show(drawn(self._figure, self.size.width, self.size.height))
