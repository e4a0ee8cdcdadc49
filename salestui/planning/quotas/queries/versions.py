"""The versions of a year's plan, and the story of each: who took it where, when and why."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from salestui.model.values.amount import Amount
from salestui.planning.quotas.queries.beside import as_instant
from salestui.planning.quotas.standing import COLUMNS, Plan, plan_of
from salestui.store.quick import Reader

_SUMS = ", ".join(f"SUM(y.m{number:02})" for number in range(1, 13))
_STATES = {"draft": "returned"}


class Passage(NamedTuple):
    """A step in the life of a version."""

    what: str
    """`begun`, or `loaded` where an import began it; `submitted`, `approved`, `returned`, `published`, `superseded`,
    `discarded` or `brought back`."""
    who: str
    at: datetime
    why: str
    """What was said about it; empty where nothing was."""


class Version(NamedTuple):
    """A version of a year's plan."""

    plan: Plan
    based_on: int | None
    """The number of the version that it was begun from."""
    total: Amount | None
    """The year's quotas together; None where there is none."""
    story: tuple[Passage, ...]
    """Its life until now, the beginning first."""

    def by_clock(self, local: Callable[[datetime], datetime]) -> "Version":
        """The same with moments as the company's clock tells them."""
        return self._replace(story=tuple(passage._replace(at=local(passage.at)) for passage in self.story))


def read_versions(reader: Reader, fiscal_year: int) -> tuple[Version, ...]:
    """Every version of a fiscal year's plan, the latest first."""
    of_the_year = "p.fiscal_year = :year AND p.measure = 'bookings'"
    within = {"year": fiscal_year}
    totals = {
        plan: [units for units in sums if units is not None]
        for plan, *sums in reader.rows(
            f"SELECT y.plan_id, {_SUMS} FROM quota_year y JOIN quota_plan p ON p.id = y.plan_id"
            f" WHERE {of_the_year} GROUP BY y.plan_id",
            within,
        )
    }
    stories = _read_stories(reader, of_the_year, within)
    rows = reader.rows(
        f"SELECT b.plan_version, {COLUMNS} FROM quota_plan p"
        f" LEFT JOIN quota_plan b ON b.id = p.based_on_id WHERE {of_the_year} ORDER BY p.plan_version DESC",
        within,
    )
    return tuple(
        Version(
            plan,
            based_on,
            Amount.from_units(int(sum(totals[plan.id]))) if totals.get(plan.id) else None,
            tuple(stories.get(plan.id, ())),
        )
        for based_on, plan in ((row[0], plan_of(row[1:])) for row in rows)
    )


def _read_stories(reader: Reader, of_the_year: str, within: Mapping[str, object]) -> dict[int, list[Passage]]:
    sql = (
        "SELECT p.id, e.kind, e.after, c.actor, c.at, c.reason, c.kind FROM quota_plan p"
        " JOIN event e ON e.table_name = 'quota_plan' AND e.row_id = p.id JOIN change c ON c.id = e.change_id"
        f" WHERE {of_the_year} ORDER BY e.id"
    )
    found: dict[int, list[Passage]] = {}
    for plan, kind, after, who, at, reason, act in reader.rows(sql, within):
        state, told = as_object(after).get("state"), found.setdefault(plan, [])
        if kind == "insert":
            what = "brought back" if told else "loaded" if act == "import" else "begun"
        elif kind == "delete":
            what = "discarded"
        elif kind == "update" and state is not None:
            what = _STATES.get(state, state)
        else:
            continue
        told.append(Passage(what, who, as_instant(at), why(reason)))
    return found


def why(reason: str) -> str:
    """What a change's reason tells below its summary, on one line."""
    return " · ".join(reason.split("\n")[1:])


def as_object(value: Any) -> dict[str, Any]:
    """A JSON object as the driver gave it: SQLite keeps text."""
    found = json.loads(value) if isinstance(value, str) else value
    return found if isinstance(found, dict) else {}
