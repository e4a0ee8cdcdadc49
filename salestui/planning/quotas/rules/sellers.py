"""Who has a part in what is spread over a sum: sellers, and managers who carry quota themselves.

A manager's own seat that carries no quota today is not a seller's: what is spread evenly or by capacity over a team
passes it by, however small or large its sales were. It has a part once a quota is typed there, or where that row itself
is marked; by last year it has the part of its sales.
"""

from collections.abc import Collection, Iterable, Sequence

from salestui.planning.quotas.leaf import LINE_BITS, MONTH_BITS
from salestui.planning.quotas.sheet import Node, Sheet, Units

_SEAT_BITS = LINE_BITS + MONTH_BITS


def seats_of(keys: Iterable[int]) -> set[int]:
    """The seats of leaves."""
    return {key >> _SEAT_BITS for key in keys}


def managing(nodes: Sequence[Node]) -> dict[int, int]:
    """The seats that lead a team, with the rows of their own quotas."""
    leading = {node.key.removeprefix("team:") for node in nodes if node.key.startswith("team:")}
    seats = ((row, node.key.removeprefix("seat:")) for row, node in enumerate(nodes))
    return {int(seat): row for row, seat in seats if seat in leading}


def passed_by(sheet: Sheet, rows: Collection[int], quotas: Units) -> set[int]:
    """The managers' seats that what is spread over these `rows` passes by; none where nobody else would be left."""
    if not sheet.managing:
        return set()
    here = seats_of(quotas)
    named = {int(sheet.nodes[row].key.split(":")[1]) for row in rows if not sheet.nodes[row].team}
    managers = (here & sheet.managing.keys()) - named
    found = {seat for seat in managers if not any(sheet.quotas(sheet.managing[seat], 0).values())}
    return found if found < here else set()


def without(quotas: Units, seats: Collection[int]) -> Units:
    """The quotas of other seats than these."""
    return {key: units for key, units in quotas.items() if key >> _SEAT_BITS not in seats} if seats else quotas
