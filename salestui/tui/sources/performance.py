"""What the screens of Performance show."""

from typing import TYPE_CHECKING

from salestui.metrics.kpis import read_basis
from salestui.metrics.scopes import read_places
from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source, scope_of

if TYPE_CHECKING:
    from salestui.performance.board import BoardRow
    from salestui.performance.deals import Deal


class PerformanceSource(Source):
    """Key figures, and the deals behind them."""

    def board(self, view: View) -> "tuple[BoardRow, ...]":
        """The KPI board of the scope."""
        from salestui.performance.board import read_board

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            basis = read_basis(at.reader, at.lens, view.period, at.company.targets)
            places = read_places(at.reader, view.as_of, at.company.name)
            return read_board(at.reader, at.lens, scope, view.period, basis, places)

    def deals(self, view: View, kpi: str) -> "tuple[Deal, ...]":
        """The rows behind a KPI of the scope."""
        from salestui.performance.deals import read_deals

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            return read_deals(at.reader, at.lens, scope, view.period, kpi)
