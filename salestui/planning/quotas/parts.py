"""Cells of the quota sheet that hold one another: sums, and what they are the sums of."""

from collections.abc import Collection, Mapping

from salestui.planning.quotas.sheet import Sheet

Cell = tuple[int, int]
"""A row and a column of the sheet, by number."""


def without_sums(sheet: Sheet, cells: Collection[Cell]) -> set[Cell]:
    """The cells that hold no part of another one: months rather than their quarter, seats rather than their team."""
    spans_in: dict[int, list[int]] = {}
    for row, span in cells:
        spans_in.setdefault(row, []).append(span)
    below: dict[int, set[int]] = {}
    found: set[Cell] = set()
    for row in sorted(spans_in, reverse=True):
        taken = set(below.pop(row, ()))
        for span in sorted(spans_in[row], key=lambda span: len(sheet.spans[span].months)):
            months = sheet.spans[span].months
            if taken.isdisjoint(months):
                found.add((row, span))
                taken.update(months)
        above = sheet.nodes[row].parent
        while above is not None:
            below.setdefault(above, set()).update(taken)
            above = sheet.nodes[above].parent
    return found


def added_up(sheet: Sheet, wanted: Mapping[Cell, int | None], parts: Collection[Cell]) -> dict[Cell, int]:
    """What each of the other cells comes to once its parts are as wanted, in smallest units; the rest as it stands."""
    sums = {cell: sheet.units(*cell) or 0 for cell in wanted if cell not in parts}
    around = [
        [number for number, other in enumerate(sheet.spans) if other.first <= span.first and span.last <= other.last]
        for span in sheet.spans
    ]
    for row, span in parts if sums else ():
        more = (wanted[row, span] or 0) - (sheet.units(row, span) or 0)
        at: int | None = row
        while at is not None and more:
            for other in around[span]:
                if (at, other) in sums:
                    sums[at, other] += more
            at = sheet.nodes[at].parent
    return sums
