"""The saved changes of a plan, newest first: who changed what of it, when, and how it came to that."""

from datetime import datetime
from typing import NamedTuple

from salestui.planning.quotas.queries.beside import as_instant
from salestui.store.quick import Reader

_MOST = 200


def _touching(table: str) -> str:
    """Changes that touched rows of the plan in a table; of a row that is gone, what deleted it tells the plan."""
    return (
        f"EXISTS (SELECT 1 FROM event e LEFT JOIN {table} t ON t.id = e.row_id WHERE e.change_id = c.id"
        f" AND e.table_name = '{table}' AND (t.plan_id = :plan OR t.id IS NULL AND EXISTS (SELECT 1 FROM event d"
        f" WHERE d.table_name = '{table}' AND d.row_id = e.row_id AND d.kind = 'delete'"
        " AND CAST(d.before ->> 'plan_id' AS INTEGER) = :plan)))"
    )


_CHANGES = f"""
SELECT c.number, c.actor, c.at, c.reason, c.kind FROM change c
WHERE c.number >= (SELECT b.number FROM quota_plan p JOIN change b ON b.id = p.change_id WHERE p.id = :plan)
AND ({_touching("quota_cell")} OR {_touching("quota_lock")} OR {_touching("quota_submission")}
OR {_touching("quota_target")} OR EXISTS (
SELECT 1 FROM event e WHERE e.change_id = c.id AND e.table_name = 'quota_plan' AND e.row_id = :plan))
ORDER BY c.number DESC LIMIT {_MOST}
"""


_SAVERS = f"""
SELECT c.actor, COUNT(*) FROM change c
WHERE c.number > (SELECT b.number FROM quota_plan p JOIN change b ON b.id = p.change_id WHERE p.id = :plan)
AND ({_touching("quota_cell")} OR {_touching("quota_lock")} OR {_touching("quota_submission")}
OR {_touching("quota_target")})
GROUP BY c.actor ORDER BY MIN(c.number)
"""


class Saved(NamedTuple):
    """A change that was saved."""

    number: int
    who: str
    at: datetime
    what: str
    story: tuple[str, ...]
    """How it came to that, step by step, or why."""
    kind: str


def read_saved_changes(reader: Reader, plan: int) -> tuple[Saved, ...]:
    """The latest changes of a plan: of its quotas, locks, figures from below, targets and state."""
    found: list[Saved] = []
    for number, who, at, reason, kind in reader.rows(_CHANGES, {"plan": plan}):
        what, *story = reason.splitlines() or [""]
        found.append(Saved(number, who, as_instant(at), what, tuple(story), kind))
    return tuple(found)


def read_savers(reader: Reader, plan: int) -> dict[str, int]:
    """Who has saved something into a plan since it was begun, the first of them first, and how many changes each."""
    return dict(reader.rows(_SAVERS, {"plan": plan}))
