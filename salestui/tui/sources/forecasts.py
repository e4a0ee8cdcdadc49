"""What Planning › Forecast shows."""

from typing import TYPE_CHECKING

from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source, scope_of

if TYPE_CHECKING:
    from salestui.planning.forecasts import History


class ForecastsSource(Source):
    """Bookings by fiscal month, to forecast from."""

    def bookings_by_month(self, view: View) -> "History":
        """The scope's bookings and quotas, month by month."""
        from salestui.planning.forecasts import read_series

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            return read_series(at.reader, at.lens, scope, view.period, at.company)
