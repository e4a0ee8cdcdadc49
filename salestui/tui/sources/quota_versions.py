"""What Planning › Versions shows, and the steps by which a version comes into force."""

from typing import TYPE_CHECKING

from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source, scope_of

if TYPE_CHECKING:
    from salestui.planning.quotas.queries.comparison import Comparison
    from salestui.planning.quotas.queries.versions import Version
    from salestui.planning.quotas.standing import Plan


class QuotaVersionsSource(Source):
    """The versions of a fiscal year's quotas."""

    def quota_versions(self, view: View) -> "tuple[Version, ...]":
        """Those of the fiscal year that the period begins in, the latest first, by the company's clock."""
        from salestui.planning.quotas.queries.versions import read_versions

        with self._opened(view, view.as_of) as at:
            found = read_versions(at.reader, at.company.calendar.year_of(view.period.start).fiscal_year)
            return tuple(version.by_clock(at.company.local) for version in found)

    def compare_quotas(self, view: View, before: int, after: int, *, all_seats: bool) -> "Comparison":
        """Two of them side by side, for the scope."""
        from salestui.planning.quotas.queries.comparison import read_comparison

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            calendar = at.company.calendar
            year = calendar.year_of(view.period.start)
            return read_comparison(
                *(at.reader, calendar, before, after, year, scope, view.as_of, at.company.name),
                only_differences=not all_seats,
            )

    def advance_quotas(self, plan: "Plan", why: str) -> str:
        """Take a version the next step: submit, approve or publish it."""
        from salestui.planning.quotas.commands.versions import transitions_from

        step, *left = transitions_from(plan.state)
        with self._changing(f"{step.told} {plan.label}", kind=step.kind) as begun:
            state = step.act(begun, plan.id, why).state
        if left:
            return f"{plan.label} is {state}."
        return f"{plan.label} is {state}: it counts from now on. {self._told_to_assign(plan)}".rstrip()

    def return_quotas(self, plan: "Plan", why: str) -> str:
        """Give a version back for more work."""
        from salestui.planning.quotas.commands.versions import return_to_draft
        from salestui.store.history import RETURN

        with self._changing(f"Return the quotas {plan.label}", kind=RETURN) as begun:
            return_to_draft(begun, plan.id, why)
        return f"{plan.label} is a draft again."

    def whose_quotas(self, version: "Version") -> str:
        """Whose a draft is, where others than the user have to do with it: who began it, and who saved into it."""
        from salestui.planning.quotas.queries.changes import read_savers
        from salestui.store.quick import open_reader

        with open_reader(self._database) as reader:
            savers = read_savers(reader, version.plan.id)
        begun, count = version.story[0].who if version.story else self._actor, sum(savers.values())
        if {begun, *savers} == {self._actor}:
            return "with all that is in it"
        if not savers:
            return f"begun by {begun}, nothing saved in it"
        saved = "1 change" if count == 1 else f"{count:,} changes"
        return f"begun by {begun}, with {saved} saved by {', '.join(savers)}"

    def discard_quotas(self, plan: "Plan") -> str:
        """Throw a draft away; undo brings it back."""
        from salestui.planning.quotas.commands.versions import discard_version

        with self._changing(f"Discard the quotas {plan.label}") as begun:
            told = discard_version(begun, plan.id)
        return f"{told} is gone; undo brings it back."
