"""The company's settings: what a mapping or `company.toml` says, unless somebody here has said otherwise since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from salestui.exchange.compare import Counts
from salestui.model.tables.exchange import Setting
from salestui.model.tables.history import Change, Event
from salestui.model.tables.ledger import Sale
from salestui.model.tables.pipeline import Opportunity
from salestui.model.values.errors import DataProblem
from salestui.store import company
from salestui.store.trace import table_of


@dataclass
class SettingsPlan:
    """Settings to add and to change (by id)."""

    inserts: dict[str, Any] = field(default_factory=dict)
    updates: dict[int, Any] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)


def read_settings(connection: Connection | None) -> dict[str, Any]:
    """All settings by key."""
    if connection is None:
        return {}
    setting = table_of(Setting).c
    return {row.key: row.value for row in connection.execute(select(setting.key, setting.value))}


def plan_settings(connection: Connection | None, told: Mapping[str, Any]) -> SettingsPlan:
    """What is to be done so that the settings are as told; a setting that was edited here stays.

    DataProblem where the company's currency would change under amounts that are kept in it.
    """
    plan = SettingsPlan()
    kept: dict[str, tuple[int, Any]] = {}
    if connection is not None:
        setting = table_of(Setting).c
        kept = {
            row.key: (row.id, row.value) for row in connection.execute(select(setting.id, setting.key, setting.value))
        }
    _refuse_another_currency(connection, told, {key: value for key, (_, value) in kept.items()})
    for key, value in told.items():
        if key not in kept:
            plan.inserts[key] = value
            plan.counts.inserted += 1
        elif kept[key][1] == value:
            plan.counts.unchanged += 1
        elif connection is not None and _edited_here(connection, kept[key][0]):
            plan.counts.unchanged += 1
            plan.counts.kept_local += 1
        else:
            plan.updates[kept[key][0]] = value
            plan.counts.updated += 1
    return plan


def _edited_here(connection: Connection, setting_id: int) -> bool:
    """Whether the last change of a setting was made by somebody, not by an import."""
    event, change = table_of(Event), table_of(Change)
    last = (
        select(change.c.kind)
        .join(event, event.c.change_id == change.c.id)
        .where(event.c.table_name == table_of(Setting).name, event.c.row_id == setting_id)
        .order_by(event.c.id.desc())
        .limit(1)
    )
    return connection.execute(last).scalar() == "edit"


def _refuse_another_currency(connection: Connection | None, told: Mapping[str, Any], kept: Mapping[str, Any]) -> None:
    now = company.from_settings(kept).currency
    if connection is None or told.get(company.CURRENCY, now) == now:
        return
    for model in (Sale, Opportunity):
        if connection.execute(select(table_of(model).c.id).limit(1)).first() is not None:
            raise DataProblem(
                f"The company's amounts are kept in {now}, and this import says {told[company.CURRENCY]}.",
                expected=f"a mapping of a company that reports in {now}",
                remedy="Load it into a database of its own.",
            )
