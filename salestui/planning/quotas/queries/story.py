"""The story of a quota: who changed it, when, from what to what and why, through every version of the plan."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from salestui.model.values.amount import Amount
from salestui.planning.quotas.queries.beside import as_instant
from salestui.planning.quotas.queries.versions import as_object, why
from salestui.planning.quotas.sheet import Leaf
from salestui.store.quick import Reader, as_date


class Told(NamedTuple):
    """A quota was changed."""

    leaf: Leaf
    plan_version: int
    before: Amount | None
    after: Amount | None
    who: str
    at: datetime
    what: str
    """The summary of the change."""
    why: str
    """What was told below it; empty where nothing was."""
    kind: str
    """The kind of the change: `edit`, `import`, `undo` and so on."""


class _Happened(NamedTuple):
    number: int
    kind: str
    before: dict[str, Any]
    after: dict[str, Any]
    who: str
    at: datetime
    reason: str
    act: str


_AT_ONCE = 200
_CELLS = """
SELECT q.id, q.seat_id, q.line_id, q.month, q.amount, p.plan_version FROM quota_cell q
JOIN quota_plan p ON p.id = q.plan_id JOIN quota_plan this ON this.id = :plan
WHERE p.fiscal_year = this.fiscal_year AND p.measure = this.measure AND q.seat_id = :seat
"""
_EVENTS = """
SELECT e.row_id, c.number, e.kind, e.before, e.after, c.actor, c.at, c.reason, c.kind FROM event e
JOIN change c ON c.id = e.change_id WHERE e.table_name = 'quota_cell' AND e.row_id IN ({ids}) ORDER BY e.id
"""


def read_cell_story(reader: Reader, plan: int, leaves: Collection[Leaf]) -> tuple[Told, ...]:
    """Every change of some leaves in this version of a plan and in the year's others, the newest first.

    What a version took over unchanged from the one before it is no change.
    """
    wanted = set(leaves)
    cells: dict[int, tuple[Leaf, int, Amount | None]] = {}
    for seat in sorted({leaf.seat for leaf in wanted}):
        for key, _, line, month, units, version in reader.rows(_CELLS, {"plan": plan, "seat": seat}):
            leaf = Leaf(seat, line or 0, as_date(month))
            if leaf in wanted:
                cells[key] = leaf, version, None if units is None else Amount.from_units(units)
    happened = _read_events(reader, sorted(cells))
    found: list[tuple[int, Told]] = []
    carried: dict[Leaf, Amount | None] = {}
    for key, (leaf, version, now) in sorted(cells.items(), key=lambda each: each[1][1]):
        first = True
        for event, before, after in _amounts(happened.get(key, []), now):
            if first and leaf in carried:
                before = carried[leaf]
            first = False
            if before != after:
                summary = event.reason.partition("\n")[0]
                told = Told(leaf, version, before, after, event.who, event.at, summary, why(event.reason), event.act)
                found.append((event.number, told))
        carried[leaf] = now
    return tuple(told for _, told in sorted(found, key=lambda each: -each[0]))


def _read_events(reader: Reader, ids: list[int]) -> dict[int, list[_Happened]]:
    found: dict[int, list[_Happened]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = {f"id{number}": key for number, key in enumerate(ids[start : start + _AT_ONCE])}
        sql = _EVENTS.format(ids=", ".join(f":{name}" for name in part))
        for key, number, kind, before, after, who, at, reason, act in reader.rows(sql, part):
            happened = _Happened(number, kind, as_object(before), as_object(after), who, as_instant(at), reason, act)
            found.setdefault(key, []).append(happened)
    return found


def _amounts(events: list[_Happened], now: Amount | None) -> Iterator[tuple[_Happened, Amount | None, Amount | None]]:
    """The events that bear on the amount, with it before and after; an insert in bulk is told by what follows."""
    bearing = [event for event in events if event.kind != "update" or "amount" in event.after]
    for number, event in enumerate(bearing):
        before = _amount(event.before)
        if event.kind == "delete":
            yield event, before, None
        elif event.kind == "insert" and not event.after:
            later = bearing[number + 1] if number + 1 < len(bearing) else None
            yield event, None, now if later is None else _amount(later.before)
        else:
            yield event, before, _amount(event.after)


def _amount(columns: dict[str, Any]) -> Amount | None:
    text = columns.get("amount")
    return None if text is None else Amount(text)
