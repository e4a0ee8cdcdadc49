"""Whose objectives and seasons there are: the company, a team, a person, a territory or a product line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, cast

from salestui.metrics.naming import folded, nearest, quoted
from salestui.metrics.reader import Scope
from salestui.metrics.scopes import NobodyCalled, read_places, team_name
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line
from salestui.store.quick import Reader

ScopeKind = Literal["company", "team", "person", "territory", "line"]
IN_THE_LEDGER = frozenset({"territory", "line"})
"""What is no part of the organisation: its sales are read from the ledger."""
_SHOWN = 40
_MOST_NAMED = 4


class PlanScope(NamedTuple):
    """Whose: a team is known by the seat that leads it; the company's id is 0."""

    kind: ScopeKind
    id: int
    name: str

    @property
    def key(self) -> str:
        """The scope in a word: `company`, `team:7`, `line:2`."""
        return self.kind if self.kind == "company" else f"{self.kind}:{self.id}"

    @property
    def reference(self) -> str:
        """A text that names it and nothing else: `company`, `team:#7`."""
        return self.kind if self.kind == "company" else f"{self.kind}:#{self.id}"

    @property
    def seen_as(self) -> Scope | None:
        """The same in the organisation; None for territories and product lines."""
        if self.kind == "territory" or self.kind == "line":
            return None
        return Scope(self.kind, self.id, self.name)


def read_scopes(reader: Reader, on: date, company: str) -> tuple[PlanScope, ...]:
    """Everything that can have an objective on a day: the organisation in its order, then territories and lines."""
    places = tuple(
        PlanScope(place.scope.kind, place.scope.id, place.scope.name) for place in read_places(reader, on, company)
    )
    territories = reader.rows("SELECT id, name FROM territory ORDER BY id")
    lines = reader.rows("SELECT id, name FROM product_line ORDER BY id")
    return (
        *places,
        *(PlanScope("territory", key, name) for key, name in territories),
        *(PlanScope("line", key, name) for key, name in lines),
    )


def named_scope(text: str, scopes: Sequence[PlanScope]) -> PlanScope:
    """The scope that a text names: by name, or with its kind before it, such as `territory:West` or `team:#7`.

    A bare name means a team or a person before a territory or a product line. UsageProblem says what is near.
    """
    kind, _, rest = folded(text).partition(":")
    known = [scope for scope in scopes if scope.kind == kind] if rest.strip() else []
    wanted = rest.strip() if known else folded(text)
    if wanted == "company":
        return scopes[0]
    if known:
        found = [scope for scope in known if wanted in (folded(scope.name), f"#{scope.id}")]
    else:
        found = [scope for scope in scopes if wanted == folded(scope.name)]
    found = [scope for scope in found if scope.kind not in IN_THE_LEDGER] or found
    if len(found) == 1:
        return found[0]
    if found:
        told = " or ".join(f"{scope.kind}:#{scope.id}" for scope in found[:_MOST_NAMED])
        raise UsageProblem(f"{quoted(text)} names {len(found)} of them", expected=told)
    near = nearest(wanted, [scope.name for scope in known or scopes])
    told = " or ".join(fit(safe_line(name), _SHOWN) for name in near)
    raise NobodyCalled(
        f"There is no team, person, territory or product line called {quoted(text)}",
        remedy=f"Did you mean {told}?" if near else "Type company for all of it.",
    )


class Names:
    """What every scope is called, those that are not there any more too."""

    def __init__(self, reader: Reader, on: date, company: str) -> None:
        seats = reader.rows("SELECT id, title, team FROM seat")
        self._names: dict[tuple[str, int], str] = {("company", 0): company}
        self._names |= {("team", key): team_name(team, None, title) for key, title, team in seats}
        for kind, table in (("person", "person"), ("territory", "territory"), ("line", "product_line")):
            self._names |= {(kind, key): name for key, name in reader.rows(f"SELECT id, name FROM {table}")}
        for place in read_places(reader, on, company):
            self._names[place.scope.kind, place.scope.id] = place.scope.name

    def scope(self, kind: str, key: int) -> PlanScope:
        """The scope with its name; a row that is gone is known by its number."""
        return PlanScope(cast(ScopeKind, kind), key, self._names.get((kind, key), f"{kind} #{key}"))


def under(reader: Reader, scope: Scope, on: date, company: str) -> Mapping[str, int]:
    """The keys of a scope and of everything below it on a day, each with its depth in the organisation."""
    found: dict[str, int] = {}
    depth: int | None = None
    for place in read_places(reader, on, company):
        if (place.scope.kind, place.scope.id) == (scope.kind, scope.id):
            depth = place.depth
        elif depth is not None and place.depth <= depth:
            break
        if depth is not None:
            found[PlanScope(place.scope.kind, place.scope.id, "").key] = place.depth
    return found
