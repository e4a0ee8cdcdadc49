"""What the quotas' screen says of a team's sum of which a part counts for another team."""

from collections.abc import Sequence

from salestui.model.values import show
from salestui.planning.quotas.belonging import Apart


def apart_told(parts: Sequence[Apart]) -> list[str]:
    """What of a team's sum counts for another team, and why: the largest part, and how many more there are."""
    if not parts:
        return []
    part = parts[0]
    amount, many = show.money(part.amount), len(part.seats) > 1
    who = f"{part.seats[0]} and {len(part.seats) - 1} more" if many else part.seats[0]
    when = f"from {part.since:%B}" if part.until is None else f"until {part.until:%B}"
    does = "sat" if part.until is not None else "sit" if many else "sits"
    if part.here:
        told = f"{amount} more belongs here, where {who} {does} {when}"
    elif part.team:
        told = f"of this {amount} belongs to {part.team}, where {who} {does} {when}"
    else:
        told = f"of this {amount} belongs to no team, for {who} {'were' if many else 'was'} in none {when}"
    return [told if len(parts) == 1 else f"{told}; {len(parts) - 1} more such"]
