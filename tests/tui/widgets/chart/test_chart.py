"""The widget draws in the room it has, and paints again only what differs."""

from textual.app import App, ComposeResult
from textual.geometry import Region

from salestui.tui.widgets.chart.figures import Figure, Slot
from salestui.tui.widgets.chart.widget import Chart


class Watched(Chart):
    """A chart that notes what it has painted again."""

    painted: list[Region]

    def refresh(self, *regions: Region, **options: bool) -> "Watched":
        """Note it."""
        self.painted = [*getattr(self, "painted", []), *regions]
        super().refresh(*regions, **options)
        return self


class Charted(App[None]):
    """An app that shows a chart."""

    CSS = "Chart { height: 12; width: 40; }"

    def compose(self) -> ComposeResult:
        """The chart."""
        yield Watched(Figure(tuple(Slot(value=value) for value in (1, 2, 3))))


async def test_a_chart_is_drawn_in_the_room_it_has() -> None:
    async with Charted().run_test() as pilot:
        await pilot.pause()
        chart = pilot.app.query_one(Watched)
        assert len(chart.rows) == 12
        chart.styles.height = 6
        await pilot.pause()
        assert len(chart.rows) == 6


async def test_only_what_differs_is_painted_again() -> None:
    async with Charted().run_test() as pilot:
        await pilot.pause()
        chart = pilot.app.query_one(Watched)
        chart.painted = []
        chart.plot(chart.figure)
        assert chart.painted == []
        chart.plot(Figure(tuple(Slot(value=value) for value in (1, 2, 3)), form="bars"))
        assert chart.painted == []
        chart.plot(Figure(tuple(Slot(value=value) for value in (1, 3, 3))))
        assert 0 < len(chart.painted) < 5
