"""What Planning › Forecast shows."""

from collections import OrderedDict
from datetime import date
from typing import TYPE_CHECKING

from salestui.store.database import Database
from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source, scope_of

if TYPE_CHECKING:
    from salestui.forecasting.series import Forecast, Series
    from salestui.planning.forecasts import History

_KEPT = 24


class Computed:
    """The forecasts that were computed last, whichever screen asked for them."""

    def __init__(self) -> None:
        self._known: OrderedDict[Series, Forecast] = OrderedDict()

    def get(self, series: "Series") -> "Forecast | None":
        """The forecast of these numbers, if it is known."""
        return self._known.get(series)

    def keep(self, series: "Series", forecast: "Forecast") -> None:
        """Know it from now on."""
        self._known[series] = forecast
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)


class ForecastsSource(Source):
    """Bookings by fiscal month, to forecast from, and what was made of them."""

    def __init__(self, database: Database, *, as_of: date | None, actor: str) -> None:
        super().__init__(database, as_of=as_of, actor=actor)
        self.computed = Computed()

    def bookings_by_month(self, view: View) -> "History":
        """The scope's bookings and quotas, month by month."""
        from salestui.planning.forecasts import read_series

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            return read_series(at.reader, at.lens, scope, view.period, at.company)
