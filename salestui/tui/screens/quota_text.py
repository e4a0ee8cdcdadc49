"""What the quotas' screen says in words."""

from salestui.planning.quotas.queries.plan import PlanView
from salestui.tui.widgets.lines import Row, Span

_MARKS = {"draft": "○", "submitted": "◐", "approved": "◐", "published": "✓", "superseded": "–"}


def title(view: PlanView) -> Row:
    """Which plan this is, and how it stands."""
    where = Span(" Planning › Quotas ", "strong")
    if view.plan is None:
        return where, Span(f" {view.year.label} bookings · no plan yet: "), Span("B", "key"), Span(" begins one")
    stand = f" {view.plan.label} bookings · {_MARKS.get(view.plan.state, '')} {view.plan.state}"
    if view.plan.state != "draft":
        return where, Span(stand, "good" if view.plan.state == "published" else "warn")
    return where, Span(stand, "warn"), Span(" · "), Span(":publish", "key"), Span(" puts it into force")


def changes(count: int) -> str:
    """So many changes, in words."""
    return "1 change" if count == 1 else f"{count:,} changes"
