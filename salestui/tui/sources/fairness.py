"""What Planning › Fairness shows."""

from typing import TYPE_CHECKING

from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source, scope_of

if TYPE_CHECKING:
    from salestui.planning.fairness.queries import FairnessView


class FairnessSource(Source):
    """Whether a year's quotas are fair."""

    def fairness(self, view: View) -> "FairnessView":
        """The latest plan of the fiscal year that the period begins in, for the scope."""
        from salestui.planning.fairness.queries import read_fairness

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            year = at.company.calendar.year_of(view.period.start)
            return read_fairness(at.reader, at.lens, scope, year, at.company)
