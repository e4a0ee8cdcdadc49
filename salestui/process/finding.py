"""Finding things by name: teams, people, accounts and deals."""

from datetime import date
from typing import NamedTuple

from salestui.metrics.scopes import read_places
from salestui.store.quick import Reader

OF_EACH_KIND = 6


class Found(NamedTuple):
    """Something with a name: its kind (`team`, `person`, `account`, `deal`), key, name, and a word about it."""

    kind: str
    key: str
    name: str
    detail: str


_KEPT = {
    "person": "SELECT id, name, '' FROM person WHERE LOWER(name) LIKE :part ESCAPE '!' ORDER BY name LIMIT 50",
    "account": "SELECT id, name, COALESCE(sector, '') FROM account WHERE LOWER(name) LIKE :part ESCAPE '!'"
    " ORDER BY name LIMIT 50",
    "deal": "SELECT o.id, o.name, s.name FROM opportunity o JOIN stage s ON s.id = o.stage_id"
    " WHERE LOWER(o.name) LIKE :part ESCAPE '!' ORDER BY o.close_on DESC LIMIT 50",
}


def read_found(reader: Reader, text: str, on: date, company: str) -> tuple[Found, ...]:
    """Things whose name holds `text`, a few of each kind, those whose name begins with it first."""
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    teams = [
        Found("team", f"team:{place.scope.id}", place.scope.name, f"led by {place.leader}" if place.leader else "")
        for place in read_places(reader, on, company)
        if place.scope.kind == "team" and wanted in place.scope.name.casefold()
    ]
    found = _best(teams, wanted)
    escaped = wanted.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    for kind, sql in _KEPT.items():
        rows = reader.rows(sql, {"part": f"%{escaped}%"})
        found += _best([Found(kind, f"{kind}:{key}", name, detail) for key, name, detail in rows], wanted)
    return tuple(found)


def _best(found: list[Found], wanted: str) -> list[Found]:
    def order(thing: Found) -> tuple[bool, str, str]:
        name = thing.name.casefold()
        return not name.startswith(wanted), name, thing.key

    return sorted(found, key=order)[:OF_EACH_KIND]
