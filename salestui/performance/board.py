"""The KPI board: every team and person under a scope, each with its KPIs, in the order of the organisation."""

from collections.abc import Sequence
from typing import NamedTuple

from salestui.metrics.catalog import KPIS
from salestui.metrics.kpis import Basis, KpiValue, evaluate, read_kpis, read_measures_of_each, to_measures
from salestui.metrics.reader import Lens, Scope
from salestui.metrics.scopes import Place
from salestui.model.values.period import Period
from salestui.store.quick import Reader

BOARD = ("attainment", "bookings", "win_rate", "average_deal", "sales_cycle", "open_pipeline", "coverage", "growth")
"""The KPIs of the board, in the order of its columns."""


class BoardRow(NamedTuple):
    """A team or person with its KPIs; `depth` is how deep it stands under the scope."""

    place: Place
    depth: int
    kpis: tuple[KpiValue, ...]


def read_board(
    reader: Reader,
    lens: Lens,
    scope: Scope,
    period: Period,
    basis: Basis,
    places: Sequence[Place],
    ids: Sequence[str] = BOARD,
) -> tuple[BoardRow, ...]:
    """The board of `scope`: itself first, then what stands under it among `places` (the organisation in order)."""
    kpis = [KPIS[key] for key in ids]
    teams = read_measures_of_each(reader, lens, "team", period)
    people = read_measures_of_each(reader, lens, "person", period)
    rows: list[BoardRow] = []
    top: int | None = None
    for place in places:
        if top is None:
            if (place.scope.kind, place.scope.id) == (scope.kind, scope.id):
                top = place.depth
                rows.append(BoardRow(place, 0, read_kpis(reader, lens, scope, period, basis, ids)))
            continue
        if place.depth <= top:
            break
        measures = (teams if place.scope.kind == "team" else people).get(place.scope.id) or to_measures()
        rows.append(BoardRow(place, place.depth - top, evaluate(kpis, measures, basis)))
    return tuple(rows)
