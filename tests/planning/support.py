"""What tests of quota plans do over and over."""

from datetime import date

from sqlalchemy import Engine

from salestui.metrics.checking import DERIVED, check
from salestui.metrics.work import work
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas.commands.versions import transitions_from
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.sheet import Leaf, Sheet
from salestui.store.database import Database
from salestui.store.work import Actor
from salestui.tui.core import DatabaseCore
from salestui.tui.navigation import View
from tests.support.companies import KIM

YEAR = FiscalCalendar().parse("FY2026", date(2026, 3, 1))
LEE = Actor("lee")


def put_into_force(writer: Engine, plan: int, actor: Actor = KIM) -> None:
    """Submit, approve and publish a draft."""
    for transition in transitions_from("draft"):
        with work(writer, actor, transition.told, kind=transition.kind) as begun:
            transition.act(begun, plan, "")


def seen(place: Database, scope: str = "company", on: date = date(2026, 3, 1)) -> PlanView:
    """The plan as the app reads it."""
    core = DatabaseCore(place, as_of=on, actor="kim")
    return core.quotas(View(scope, YEAR, on))


def sums_hold(place: Database) -> bool:
    """Whether everything derived is what deriving it anew gives."""
    derived = {table.name for table in DERIVED}
    return not any(found.broken for found in check(place).checks if found.name in derived)


def sheet_of(view: PlanView) -> Sheet:
    """The rows with what is kept in them."""
    return Sheet(view.nodes, view.months, view.spans, view.kept)


def units(*amounts: int | str) -> list[int]:
    """Amounts as plans hold them."""
    return [Amount(amount).units for amount in amounts]


def the_leaf(view: PlanView, label: str, month: int) -> Leaf:
    """Where a row's quota of a month stands."""
    node = next(node for node in view.nodes if node.label == label)
    assert node.seat is not None
    return Leaf(node.seat, node.line, date(2026, month, 1))
