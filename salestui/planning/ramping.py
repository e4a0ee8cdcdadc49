"""The ramp that a text names, as part of a change: one there is, or typed shares, which become one."""

from collections.abc import Sequence

from salestui.planning.adjusted import RampView, is_shares, named_ramp, percents_of, shares_of
from salestui.planning.adjustments import SetRamp, set_ramp
from salestui.store.work import Work


def ramp_by(work: Work, text: str, ramps: Sequence[RampView]) -> tuple[int, str]:
    """Id and name of the ramp of that name, or of the one with these shares, which is made where there is none.

    UsageProblem where the text is neither.
    """
    if not is_shares(text) or any(ramp.name == text.strip() for ramp in ramps):
        ramp = named_ramp(text, ramps)
        return ramp.id, ramp.name
    shares = shares_of(text)
    known = next((ramp for ramp in ramps if ramp.shares == shares), None)
    if known is not None:
        return known.id, known.name
    name = percents_of(shares)
    return set_ramp(work, SetRamp(name, shares)), name
