"""What stands beside quotas and is changed there: targets, figures from below; and what others do meanwhile."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source, scope_of

if TYPE_CHECKING:
    from salestui.planning.quotas.queries.beside import TargetKey
    from salestui.planning.quotas.queries.cell import At, CellView
    from salestui.planning.quotas.queries.handed_in import HandedInView
    from salestui.planning.quotas.queries.meanwhile import Meanwhile
    from salestui.planning.quotas.sheet import Leaf
    from salestui.planning.quotas.standing import Plan
    from salestui.store.pulse import Pulse


class QuotaBesideSource(Source):
    """What goes with a quota plan."""

    def pulse(self) -> "Pulse":
        """What tells whether anything was changed; for one thread."""
        from salestui.store.pulse import Pulse

        return Pulse(self._database)

    def quotas_meanwhile(self, since: int) -> "Meanwhile":
        """What was done to quotas since the change of that number, but for what was done here."""
        from salestui.planning.quotas.queries.meanwhile import read_meanwhile
        from salestui.store.quick import open_reader

        with open_reader(self._database) as reader:
            found = read_meanwhile(reader, since)
        others = tuple(
            done
            for done in found.changes
            if done.id not in self.own_changes and not (done.kind in ("undo", "redo") and done.who == self._actor)
        )
        return found._replace(changes=others)

    def set_quota_target(
        self, plan: "Plan", key: "TargetKey", amount: Amount | None, stood: Amount | None, told: str
    ) -> str:
        """Set a target (`told`: whose, of when), or take it away; StaleSave where it is not what `stood` any more."""
        from salestui.planning.quotas.commands.targets import Seen, set_target

        how = f"to {show.money(amount, 'full')}" if amount is not None else "to none"
        with self._changing(f"Set the target of {told} in {plan.label} {how}") as begun:
            changed = set_target(begun, plan.id, *key, amount, seen=Seen(stood))
        if not changed:
            return f"The target of {told} stays as it is."
        if amount is None:
            return f"{told} has no target of its own any more."
        return f"Target of {told}: {show.money(amount, 'full')}."

    def hand_in_quotas(
        self,
        plan: "Plan",
        seat: int,
        amounts: "Mapping[Leaf, Amount]",
        base: "Mapping[Leaf, Amount | None]",
        note: str,
        told: str,
    ) -> str:
        """Hand in figures of a seat; QuotasMovedOn where others changed some of its quotas since `base`."""
        from salestui.planning.quotas.commands.submissions import submit_figures

        total = show.money(Amount.sum(amounts.values()), "full")
        with self._changing(f"Hand in {total} for {told} in {plan.label}") as begun:
            new = submit_figures(begun, plan.id, seat, amounts, note, base=base)
        return f"Handed in for {told}: {total}." if new else f"{told} had handed in just that."

    def withdraw_quotas(self, plan: "Plan", seat: int, leaves: "list[Leaf]", told: str) -> str:
        """Take back what a seat handed in for these leaves."""
        from salestui.planning.quotas.commands.submissions import withdraw_figures

        with self._changing(f"Withdraw the figures of {told} in {plan.label}") as begun:
            if not withdraw_figures(begun, plan.id, seat, leaves):
                raise UsageProblem(f"Nothing is handed in for {told}")
        return f"Withdrawn: the figures of {told}. The quotas stay, and do not hold any more."

    def quota_cell(self, view: View, at_cell: "At") -> "CellView | None":
        """All that is known of one number of the plan."""
        from salestui.planning.quotas.queries.cell import read_cell

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            year = at.company.calendar.year_of(view.period.start)
            found = read_cell(at.reader, at.company.calendar, year, scope, view.as_of, at.company.name, at_cell)
            return None if found is None else found.at_clock(at.company.local)

    def quotas_handed_in(self, view: View) -> "HandedInView":
        """Who has handed figures in."""
        from salestui.planning.quotas.queries.handed_in import read_handed_in

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            year = at.company.calendar.year_of(view.period.start)
            found = read_handed_in(at.reader, at.company.calendar, year, scope, view.as_of, at.company.name)
            local = at.company.local
            rows = tuple(row._replace(at=None if row.at is None else local(row.at)) for row in found.rows)
            return found._replace(rows=rows)
