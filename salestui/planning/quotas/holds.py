"""What keeps its value while sums are spread: beside what is locked or handed in, the quotas of closed months."""

from collections.abc import Mapping
from datetime import date

from salestui.planning.quotas.leaf import Hold, Leaf
from salestui.planning.quotas.sheet import Sheet


def with_closed(sheet: Sheet, holds: Mapping[Leaf, Hold], closed_through: date | None) -> Mapping[Leaf, Hold]:
    """The holds, and one for every quota of the sheet whose month is closed: that comes before all others."""
    if closed_through is None or sheet.months[0] > closed_through:
        return holds
    spans = [n for n, span in enumerate(sheet.spans) if span.is_month and sheet.months[span.first] <= closed_through]
    roots = [row for row, node in enumerate(sheet.nodes) if node.parent is None]
    closed = (leaf for span in spans for row in roots for leaf in sheet.leaves(row, span))
    return {**holds, **dict.fromkeys(closed, Hold("closed", "", "", closed_through))}
