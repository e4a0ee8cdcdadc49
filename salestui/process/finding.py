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


_WORDS = 4
"""So many words of what is typed are looked for."""
_KEPT = {
    "person": "SELECT id, name, '', NULL, NULL FROM person WHERE LOWER(name) LIKE :part ESCAPE '!'"
    " ORDER BY CASE WHEN LOWER(name) LIKE :start ESCAPE '!' THEN 0 ELSE 1 END, name, id LIMIT 50",
    "account": "SELECT id, name, COALESCE(sector, ''), NULL, NULL FROM account WHERE LOWER(name) LIKE :part ESCAPE '!'"
    " ORDER BY CASE WHEN LOWER(name) LIKE :start ESCAPE '!' THEN 0 ELSE 1 END, name, id LIMIT 50",
    "deal": "SELECT id, name, stage, account, close_on FROM (SELECT o.id, o.name, s.name AS stage, a.name AS account,"
    " o.close_on, o.outcome, LOWER(o.name) AS folded, LOWER(o.name || ' ' || COALESCE(a.name, '')) AS both_names"
    " FROM opportunity o JOIN stage s ON s.id = o.stage_id LEFT JOIN account a ON a.id = o.account_id) AS deal"
    " WHERE both_names LIKE :word0 ESCAPE '!' AND both_names LIKE :word1 ESCAPE '!'"
    " AND both_names LIKE :word2 ESCAPE '!' AND both_names LIKE :word3 ESCAPE '!'"
    " ORDER BY CASE WHEN folded LIKE :start ESCAPE '!' THEN 0 ELSE 1 END,"
    " CASE WHEN outcome = 'open' THEN 0 ELSE 1 END, close_on DESC, id LIMIT 50",
}
"""Those whose name begins with the text come first, so that no limit cuts them off; deals go by their account too."""


def read_found(reader: Reader, text: str, on: date, company: str) -> tuple[Found, ...]:
    """Things whose name holds `text`, a few of each kind, those whose name begins with it first.

    A deal is also found by words of its name and its account's, for many deals are called the same.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    teams = [
        Found("team", f"team:{place.scope.id}", place.scope.name, f"led by {place.leader}" if place.leader else "")
        for place in read_places(reader, on, company)
        if place.scope.kind == "team" and wanted in place.scope.name.casefold()
    ]
    found = _best(teams, wanted)
    words = (wanted.split() + [""] * _WORDS)[:_WORDS]
    values = {"part": f"%{_escaped(wanted)}%", "start": f"{_escaped(wanted)}%"}
    values |= {f"word{number}": f"%{_escaped(word)}%" for number, word in enumerate(words)}
    for kind, sql in _KEPT.items():
        rows = reader.rows(sql, values)
        found += _best([Found(kind, f"{kind}:{key}", name, _detail(*told)) for key, name, *told in rows], wanted)
    return tuple(found)


def _detail(word: str, account: str | None, close_on: object) -> str:
    return " · ".join(str(part) for part in (word, account, close_on) if part)


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _best(found: list[Found], wanted: str) -> list[Found]:
    """A few of them by name; those of one name as they come."""

    def order(thing: Found) -> tuple[bool, str]:
        name = thing.name.casefold()
        return not name.startswith(wanted), name

    return sorted(found, key=order)[:OF_EACH_KIND]
