"""Writing a plan: in bulk, parents before their children, all within the unit of work that was begun for it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, select

from salestui.exchange.compare import Plan, TablePlan
from salestui.exchange.entities.settings import SettingsPlan
from salestui.exchange.trouble import Pulse
from salestui.model.tables.everything import metadata
from salestui.model.tables.exchange import Overlay, Setting
from salestui.store import bulk
from salestui.store.overlay import lay_over
from salestui.store.trace import Trace
from salestui.store.work import Work

_AT_ONCE = 5_000

Ids = dict[tuple[str, int], int]
"""The ids that new rows got, by table and provisional id."""


def write(unit: Work, plan: Plan, settings: SettingsPlan, pulse: Pulse) -> None:
    """Write everything that is planned."""
    ids: Ids = {}
    by_name = {table.table.name: table for table in plan.tables.values()}
    ordered = [by_name[table.name] for table in metadata.sorted_tables if table.name in by_name]
    for table in reversed(ordered):
        bulk.delete(unit, table.model, list(table.deletes.values()))
    for table in ordered:
        _insert(unit, table, plan.source, ids, pulse)
        updates = [_resolved(table.table, trace, ids) for trace in table.updates.values()]
        for start in range(0, len(updates), _AT_ONCE):
            pulse.beat(f"Updating {table.table.name}", start, len(updates))
            bulk.update(unit, table.model, updates[start : start + _AT_ONCE])
    _move_overlays(unit, plan, ids)
    for key, value in settings.inserts.items():
        unit.session.add(Setting(key=key, value=value))
    for setting_id, value in settings.updates.items():
        unit.session.get_one(Setting, setting_id).value = value
    pulse.beat("Working out the numbers", 0, 1)


def _insert(unit: Work, table: TablePlan, source: str, ids: Ids, pulse: Pulse) -> None:
    waiting = list(table.inserts.values())
    done, total = 0, len(waiting)
    name, references = table.table.name, _references(table.table)
    itself = [column for column, target in references.items() if target == name]
    while waiting:
        ready = [row for row in waiting if all(_known(name, row.get(column), ids) for column in itself)]
        for start in range(0, len(ready), _AT_ONCE):
            pulse.beat(f"Writing {name}", done, total)
            part = ready[start : start + _AT_ONCE]
            bulk.insert(unit, table.model, [_without_id(_with_ids(references, row, ids)) for row in part])
            done += len(part)
        columns = table.table.c
        of_source = select(columns.source_id, columns.id).where(columns.source == source)
        kept = {row.source_id: row.id for row in unit.session.connection().execute(of_source)}
        ids |= {(name, row["id"]): kept[row["source_id"]] for row in ready}
        waiting = [row for row in waiting if (name, row["id"]) not in ids]


def _move_overlays(unit: Work, plan: Plan, ids: Ids) -> None:
    traces = []
    for overlay_id, moved in plan.overlays.moved.items():
        target = _references(metadata.tables[moved.table]).get(moved.column)
        after = moved.after if target is None else ids.get((target, moved.after), moved.after)
        traces.append(Trace(overlay_id, "update", {"imported": moved.before}, {"imported": after}))
    bulk.update(unit, Overlay, traces)
    for table, edit in plan.overlays.laid:
        lay_over(unit.session.connection(), unit.change_id, table, [edit])
    bulk.delete(unit, Overlay, [plan.kept.overlay_rows[overlay_id] for overlay_id in sorted(plan.overlays.agreed)])


def _references(table: Table) -> dict[str, str]:
    """The table that each referring column refers to."""
    return {column.key: key.column.table.name for column in table.columns for key in column.foreign_keys}


def _known(table: str, row_id: int | None, ids: Ids) -> bool:
    return row_id is None or row_id >= 0 or (table, row_id) in ids


def _with_ids(references: Mapping[str, str], values: Mapping[str, Any], ids: Ids) -> dict[str, Any]:
    found = dict(values)
    for column, target in references.items():
        if column in found:
            found[column] = ids.get((target, found[column]), found[column])
    return found


def _without_id(row: dict[str, Any]) -> dict[str, Any]:
    del row["id"]
    return row


def _resolved(table: Table, trace: Trace, ids: Ids) -> Trace:
    references = _references(table)
    after = _with_ids(references, trace.after or {}, ids)
    return Trace(trace.row_id, trace.kind, trace.before, after)
