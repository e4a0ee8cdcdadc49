"""The steps of a change as they are told where there is little room: what was typed before where it was typed."""

import re

from salestui.planning.quotas.queries.story import Told

_FORMULA = re.compile(r"(.+?) to (=.+)")
_SEPARATOR = " · "


def formula_first(step: str) -> str:
    """`=left*1.02 in Ruiz Feb` of the step `Ruiz Feb to =left*1.02`; any other step as it is."""
    match = _FORMULA.fullmatch(step)
    return step if match is None else f"{match[2]} in {match[1]}"


def own_first(told: Told, label: str) -> str:
    """Why a quota was changed: the steps of the change, those typed at its row before the others."""
    steps = [step for step in told.why.split(_SEPARATOR) if step]
    at_month = f"{label} {told.leaf.month:%b} "
    own = sorted(steps, key=lambda step: (not step.startswith(at_month), not step.startswith(f"{label} ")))
    return _SEPARATOR.join(map(formula_first, own)) or told.what
