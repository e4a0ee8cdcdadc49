"""Whose numbers: the scope that a name means."""

from collections.abc import Sequence

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.tui.ports import ScopeChoice
from salestui.tui.widgets.choices import Choice

_MOST_NAMED = 4


def named(text: str, scopes: Sequence[ScopeChoice]) -> str:
    """The key of the scope with this name; a part of it is enough where only one has that. Else UsageProblem."""
    wanted = text.strip().casefold()
    exact = [scope for scope in scopes if wanted in (scope.key.casefold(), scope.label.casefold())]
    found = exact or [scope for scope in scopes if wanted in scope.label.casefold()]
    if len(found) == 1:
        return found[0].key
    quoted = f"“{safe_line(text)}”"
    if found:
        some = ", ".join(safe_line(scope.label) for scope in found[:_MOST_NAMED])
        more = " and others" if len(found) > _MOST_NAMED else ""
        raise UsageProblem(f"{quoted} could be {some}{more}", remedy="Type more of the name.")
    raise UsageProblem(f"There is no team or person {quoted}", remedy="Choose one from the list with S.")


def choices(scopes: Sequence[ScopeChoice]) -> list[Choice]:
    """The scopes as lines to choose from."""
    return [Choice(scope.key, scope.label, scope.detail, depth=scope.depth) for scope in scopes]
