"""What the quotas' screen says in words."""

from salestui.model.values import show
from salestui.planning.quotas import levels
from salestui.planning.quotas.standing import Plan
from salestui.tui.screens.quota_model import QuotaModel
from salestui.tui.widgets.lines import Row, Span, row_width

MARKS = {"draft": "○", "submitted": "◐", "approved": "◐", "published": "✓", "superseded": "–"}


_WHERE = Span(" Planning › Quotas ", "strong")


def standing(plan: Plan) -> Row:
    """Which plan this is, and how it stands."""
    stand = f" {plan.label} bookings · {MARKS.get(plan.state, '')} {plan.state}"
    return _WHERE, Span(stand, "good" if plan.state == "published" else "warn")


def title(model: QuotaModel, unsaved: int, unsaved_in: str, width: int) -> Row:
    """Which plan this is, how it stands, and at the right what of its target is yet to be assigned."""
    plan = model.view.plan
    if plan is None:
        year = model.view.year.label
        return _WHERE, Span(f" {year} bookings · no plan yet: "), Span("B", "key"), Span(" begins one")
    row = standing(plan)
    if unsaved:
        row = (*row, Span(f" · {unsaved:,} unsaved{f' in {unsaved_in}' if unsaved_in else ''}", "warn"))
    end: Row = _to_assign(model)
    if not end and not unsaved and plan.state == "draft":
        row = (*row, Span(" · "), Span(":publish", "key"), Span(" puts it into force"))
    room = width - row_width(row) - row_width(end)
    return (*row, Span(" " * room), *end) if end and room > 0 else row


def _to_assign(model: QuotaModel) -> Row:
    """What of the year's target the first row leaves, or by how much it is over."""
    target = model.target(0, 0) if model.sheet.nodes else None
    left = levels.to_assign(None if target is None else model.sheet.value(0, 0), target)
    if left is None:
        return ()
    if left.units >= 0:
        return Span("to assign "), Span(f"{show.money(left, 'full')} ", "strong")
    return Span("over by "), Span(f"{show.money(-left, 'full')} ", "strong")


def changes(count: int) -> str:
    """So many changes, in words."""
    return "1 change" if count == 1 else f"{count:,} changes"
