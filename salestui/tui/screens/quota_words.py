"""What stands beside a quota or a sum, in few words: for the status line and the title."""

from collections.abc import Sequence

from salestui.metrics.quota_breakdown import Breakdown
from salestui.model.values import show
from salestui.model.values.amount import ZERO, Amount
from salestui.planning.quotas.beside import Level


def target_words(level: Level) -> str:
    """`to assign 120k of 12.4M (over −1.0%)`; an objective that stands in for a target is named."""
    if level.target is None or level.to_assign is None:
        return ""
    of = f"{show.money(level.target.amount)}{' objective' if level.target.from_objective else ''}"
    if level.to_assign == ZERO:
        return f"target {of}: all assigned"
    over = "" if level.over is None else f" ({show.percent(level.over, 1)})"
    return f"to assign {show.money(level.to_assign)} of {of}{over}"


def submitted_words(level: Level) -> str:
    """`↥ 11.9M gap 380k`: what was handed in, and the quota less that; then by how many, and the target less that."""
    if level.submitted is None:
        return ""
    words = f"↥ {show.money(level.submitted)} gap {show.money(level.gap)}"
    if level.beyond is not None:
        words += f", to target {show.money(level.beyond)}"
    return words if level.seats_in == level.seats else f"{words}, {level.seats_in} of {level.seats} in"


def level_words(level: Level) -> str:
    """Both."""
    return " · ".join(filter(None, (target_words(level), submitted_words(level))))


def effective_words(parts: Sequence[Breakdown]) -> str:
    """`effective 66,667 of 100,000: ramp 50%`; nothing where the effective quota is the base."""
    base = sum((part.held.units for part in parts), 0)
    theirs = [part for part in parts if part.person is not None]
    effective = Amount.sum(part.effective for part in theirs)
    if not theirs or effective.units == base:
        return ""
    amounts = f"effective {show.whole(effective)} of {show.whole(Amount.from_units(base))}"
    return f"{amounts}: {', '.join(_reasons(parts))}"


def _reasons(parts: Sequence[Breakdown]) -> list[str]:
    """What takes away from the base: with how much where that is the same all the time."""
    found: list[str] = []
    ramps = {part.ramp for part in parts if part.ramp != 1}
    if ramps:
        low, high = show.percent(min(ramps)), show.percent(max(ramps))
        found.append(f"ramp {low}" if low == high else f"ramp {low}–{high}")
    reliefs = {relief.reason: None for part in parts for relief in part.reliefs}
    found += [f"relief ({reason})" for reason in reliefs]
    vacant = sum(part.days for part in parts if part.person is None)
    if vacant:
        found.append(f"{show.days(vacant)} vacant")
    return found
