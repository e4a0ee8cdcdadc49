"""What others have done to quotas since they were read."""

from datetime import datetime
from typing import NamedTuple

from salestui.planning.quotas.queries.beside import as_instant
from salestui.store.quick import Reader

_CHANGES = """
SELECT c.number, c.id, c.actor, c.at, c.reason, c.kind, CASE WHEN EXISTS (
    SELECT 1 FROM event e WHERE e.change_id = c.id AND e.table_name IN (
        'quota_plan', 'quota_cell', 'quota_lock', 'quota_submission', 'quota_target', 'objective'
    )
) THEN 1 ELSE 0 END
FROM change c WHERE c.number > :seen ORDER BY c.number DESC LIMIT 200
"""


class Done(NamedTuple):
    """A change to quotas, or to what stands beside them."""

    id: str
    """The id of the change, in hexadecimal digits alone."""
    who: str
    at: datetime
    what: str
    """The summary of the change."""
    kind: str


class Meanwhile(NamedTuple):
    """The number of the latest change, and those since another that bear on quotas, the latest first."""

    number: int
    changes: tuple[Done, ...]


def read_meanwhile(reader: Reader, since: int) -> Meanwhile:
    """What was done after the change of that number."""
    rows = reader.rows(_CHANGES, {"seen": since})
    found = tuple(
        Done(str(key).replace("-", ""), who, as_instant(at), reason.partition("\n")[0], kind)
        for _, key, who, at, reason, kind, bears in rows
        if bears
    )
    return Meanwhile(rows[0][0] if rows else since, found)
