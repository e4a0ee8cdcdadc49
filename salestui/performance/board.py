"""The KPI board: every team and person under a scope, each with its KPIs, in the order of the organisation."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from salestui.metrics.catalog import FLOWS, KPIS
from salestui.metrics.kpis import KEPT_BY_SEAT, Basis, KpiValue, evaluate, read_kpis, to_measures, whole_months
from salestui.metrics.reader import Every, Lens, Scope, Sums, read_flows_of_each, read_stocks_of_each
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
    teams, people = (_of_each(reader, lens, kind, period) for kind in ("team", "person"))
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
        found = (teams if place.scope.kind == "team" else people).get(place.scope.id, _Windows({}, {}, {}, {}, {}))
        rows.append(BoardRow(place, place.depth - top, evaluate(kpis, to_measures(**found._asdict()), basis)))
    return tuple(rows)


class _Windows(NamedTuple):
    so_far: Sums
    whole: Sums
    year_ago: Sums
    stock: Sums
    due: Sums


def _of_each(reader: Reader, lens: Lens, kind: Every, period: Period) -> dict[int, _Windows]:
    elapsed = period.day_number(lens.on)
    so_far = read_flows_of_each(reader, lens, kind, FLOWS, period.cut(elapsed))
    whole = read_flows_of_each(reader, lens, kind, ("quota",), whole_months(lens, period))
    year_ago = read_flows_of_each(reader, lens, kind, ("bookings",), lens.calendar.year_ago(period, elapsed))
    stock = read_stocks_of_each(reader, lens, kind, KEPT_BY_SEAT, lens.on)
    due = read_stocks_of_each(reader, lens, kind, ("pipeline",), lens.on, period)
    late = read_stocks_of_each(reader, lens, kind, ("past_due",), lens.on - timedelta(days=1), period)
    ids = {*so_far, *whole, *year_ago, *stock, *due, *late}
    return {
        who: _Windows(
            so_far.get(who, {}),
            whole.get(who, {}),
            year_ago.get(who, {}),
            stock.get(who, {}),
            {**due.get(who, {}), **late.get(who, {})},
        )
        for who in ids
    }
