"""What Planning › Quotas shows and changes, and the draft of what is not saved yet."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from salestui.model.values.errors import Problem, UsageProblem
from salestui.model.values.text import safe_line
from salestui.store.database import Database
from salestui.tui.navigation import View
from salestui.tui.ports import Left
from salestui.tui.sources.opening import Source, scope_of

if TYPE_CHECKING:
    from datetime import date
    from io import TextIOWrapper

    from salestui.model.values.amount import Amount
    from salestui.model.values.period import Period
    from salestui.planning.quotas.draft import Draft
    from salestui.planning.quotas.queries.around import Surroundings
    from salestui.planning.quotas.queries.changes import Saved
    from salestui.planning.quotas.queries.outline import Outline
    from salestui.planning.quotas.queries.plan import PlanView
    from salestui.planning.quotas.sheet import Leaf
    from salestui.planning.quotas.standing import Plan
    from salestui.tui.ports import OpenCell


class QuotasSource(Source):
    """Quota plans by fiscal year."""

    def __init__(self, database: Database, *, as_of: "date | None", actor: str) -> None:
        super().__init__(database, as_of=as_of, actor=actor)
        self._drafts: dict[int, tuple[str, TextIOWrapper]] = {}
        self._claiming = Lock()

    def quotas(self, view: View) -> "PlanView":
        """The latest plan of the fiscal year that the period begins in, for the scope."""
        from salestui.planning.quotas.queries.plan import read_plan_view

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            year = at.company.calendar.year_of(view.period.start)
            return read_plan_view(at.reader, at.company.calendar, year, scope, view.as_of, at.company.name)

    def quota_outline(self, view: View, least: int) -> "Outline | None":
        """The sums of seats in the same plan, where it has so many rows that reading every quota takes a while."""
        from salestui.planning.quotas.queries.outline import read_outline

        with self._opened(view, view.as_of) as at:
            year = at.company.calendar.year_of(view.period.start)
            (count,) = at.reader.one("SELECT count(*) FROM seat") or (0,)
            if count < least:
                return None
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            found = read_outline(at.reader, at.company.calendar, year, scope, view.as_of, at.company.name)
        return found if found.plan is not None and len(found.nodes) >= least else None

    def surroundings(self, view: View, found: "PlanView") -> "Surroundings":
        """What is held in a plan that was read, what is to be reached, and the seasons there are."""
        from salestui.planning.quotas.queries.around import Asked, Surroundings, read_surroundings

        if found.plan is None:
            return Surroundings()
        asked = Asked(found.plan, found.year, found.months, view.as_of, view.scope == "company")
        with self._opened(view, view.as_of) as at:
            around = read_surroundings(at.reader, at.company.calendar, asked, at.company.local)
            return around._replace(closed_through=at.company.closed_through)

    def capacity(self, year: "Period", seats: "Collection[int]", on: "date") -> "dict[tuple[int, date], Amount]":
        """How much of a full, ramped person holds each seat in each month of a fiscal year, as planned on a day."""
        from salestui.metrics.capacity import read_capacity
        from salestui.store.company import read_company
        from salestui.store.quick import open_reader

        with open_reader(self._database) as reader:
            return read_capacity(reader, read_company(reader).calendar, year, seats, on)

    def saved_changes(self, plan: "Plan") -> "tuple[Saved, ...]":
        """The latest changes of a plan, newest first, with their moments by the company's clock."""
        from salestui.planning.quotas.queries.changes import read_saved_changes
        from salestui.store.company import read_company
        from salestui.store.quick import open_reader

        with open_reader(self._database) as reader:
            company = read_company(reader)
            return tuple(saved._replace(at=company.local(saved.at)) for saved in read_saved_changes(reader, plan.id))

    def save_quotas(
        self,
        plan: "Plan",
        amounts: Mapping[int, int | None],
        base: Mapping[int, int | None],
        story: Sequence[str] = (),
        over: Collection[int] = (),
    ) -> str:
        """Save these quotas, in smallest units, as one change, which keeps the story of how it came to them.

        QuotasMovedOn where others changed some since they stood as in `base`, or handed in figures for others than
        those they are meant to go `over`; QuotasLocked where they locked some.
        Those that others set to the very same amounts are not written again, and are told apart.
        """
        from salestui.metrics.closing import company_of
        from salestui.planning.quotas.commands.amounts import QuotasMovedOn, set_units
        from salestui.planning.quotas.commands.latest import others_who

        who = ""
        with self._changing(f"Set {_quotas(len(amounts))} of {plan.label}") as begun:
            try:
                written = set_units(begun, plan.id, amounts, base, story, over)
            except QuotasMovedOn as moved:
                raise moved.at_clock(company_of(begun).local) from moved
            if written < len(amounts):
                who = others_who(begun, plan.id, amounts)
        by = f", set by {who}" if who else ""
        if not written:
            return f"{_quotas(len(amounts))} of {plan.label} already so{by}: nothing was left to save."
        already = len(amounts) - written
        return f"Saved: {_quotas(written)} of {plan.label}{f'; {already:,} already so{by}' if already else ''}."

    def lock_quotas(self, plan: "Plan", leaves: "Collection[Leaf]", reason: str) -> str:
        """Lock quotas with a reason, as one change."""
        from salestui.planning.quotas.commands.locks import lock

        with self._changing(f"Lock {_quotas(len(leaves))} of {plan.label}\n{safe_line(reason)}") as begun:
            count = lock(begun, plan.id, leaves, reason)
        return f"Locked: {_quotas(count)} of {plan.label}."

    def unlock_quotas(self, plan: "Plan", leaves: "Collection[Leaf]") -> str:
        """Unlock quotas, as one change."""
        from salestui.planning.quotas.commands.locks import unlock

        with self._changing(f"Unlock {_quotas(len(leaves))} of {plan.label}") as begun:
            count = unlock(begun, plan.id, leaves)
        return f"Unlocked: {_quotas(count)} of {plan.label}."

    def in_force(self, fiscal_year: int) -> "Plan | None":
        """The version of a year's plan that is published, if any is."""
        from salestui.planning.quotas.standing import read_plans
        from salestui.store.quick import open_reader

        with open_reader(self._database) as reader:
            plans = read_plans(reader)
        return next((plan for plan in plans if (plan.fiscal_year, plan.state) == (fiscal_year, "published")), None)

    def begin_quotas(self, fiscal_year: int, like: "Plan | None" = None) -> str:
        """Begin a new version of the year's plan; the year's first one with another year's quotas, if so said."""
        from salestui.planning.quotas.commands.versions import begin_version

        source = "" if like is None else f", with those of {like.label}"
        with self._changing(f"Begin a new version of the quotas of FY{fiscal_year}{source}") as begun:
            plan = begin_version(begun, fiscal_year, None if like is None else like.id)
        return f"FY{fiscal_year} v{plan.plan_version} is a draft now{source}: it counts once it is published."

    def publish_quotas(self, plan: "Plan", why: str) -> str:
        """Put a plan into force: what it has yet to pass, submission and approval, is passed with it.

        Each step is a change of its own. PartlyPublished where one is refused after others were taken.
        """
        from salestui.planning.quotas.commands.versions import PartlyPublished, transitions_from

        state, steps = "", transitions_from(plan.state)
        for number, transition in enumerate(steps):
            try:
                with self._changing(f"{transition.told} {plan.label}", kind=transition.kind) as begun:
                    taken = transition.act(begun, plan.id, why).state
            except Problem as problem:
                if state:
                    raise PartlyPublished(plan.label, state, steps[number:], problem) from problem
                raise
            state = taken
        told = f"{plan.label} is published: attainment is measured against it from now on."
        return f"{told} {self._told_to_assign(plan)}".rstrip()

    def kept_draft(self, folder: str, plan: "Plan") -> "Draft | None":
        """What was typed into the plan and is not saved, if anything, and no other window of the user's goes on with.

        From then on this window has a file of its own for the plan.
        """
        from salestui.planning.quotas.draft import draft_of
        from salestui.store import drafts

        if plan.id not in self._drafts:
            with self._claiming:
                self._drafts[plan.id] = self._claim(folder, plan)
        name, _ = self._drafts[plan.id]
        plain = drafts.kept(folder, self._database, name)
        if plain is None:
            return None
        try:
            return draft_of(plain)
        except (KeyError, TypeError, ValueError) as error:
            raise drafts.unreadable(folder, self._database, name) from error

    def keep_draft(self, folder: str, plan: "Plan", plain: Mapping[str, object] | None) -> None:
        """Keep what is typed, or, with None, keep nothing any more."""
        from salestui.store import drafts

        name, _ = self._drafts[plan.id]
        if plain is None:
            drafts.drop(folder, self._database, name)
        else:
            drafts.keep(folder, self._database, name, plain)

    def kept_cell(self, folder: str, plan: "Plan") -> "OpenCell | None":
        """What was being typed into a cell of the plan when the app went, after `kept_draft`; None for nothing."""
        from salestui.store import drafts
        from salestui.tui.ports import OpenCell

        plain = drafts.kept(folder, self._database, _typing(self._drafts[plan.id][0]))
        return OpenCell(*map(str, plain)) if isinstance(plain, list) and len(plain) == len(OpenCell._fields) else None

    def keep_cell(self, folder: str, plan: "Plan", cell: "OpenCell | None") -> None:
        """Keep what is being typed into a cell of the plan, or, with None, nothing any more."""
        from salestui.store import drafts

        name = _typing(self._drafts[plan.id][0])
        if cell is None:
            drafts.drop(folder, self._database, name)
        else:
            drafts.keep(folder, self._database, name, cell)

    def release_drafts(self) -> None:
        """Let other windows go on with what is kept: this one is closing."""
        while self._drafts:
            self._drafts.popitem()[1][1].close()

    def quotas_left(self, folder: str) -> tuple[Left, ...]:
        """What an earlier session typed into plans and did not save, unless another window goes on with it.

        What cannot be read is left out: that is told where it is opened.
        """
        from salestui.planning.quotas.draft import draft_of
        from salestui.planning.quotas.standing import read_plans
        from salestui.store import drafts
        from salestui.store.quick import open_reader

        with open_reader(self._database) as reader:
            plans = read_plans(reader)
        found: list[Left] = []
        for plan in plans:
            for name in drafts.names_of(_name(plan)):
                with suppress(Problem, KeyError, TypeError, ValueError):
                    with self._claiming:
                        is_left = drafts.is_left(folder, self._database, name, _typing(name))
                    plain = drafts.kept(folder, self._database, name) if is_left else None
                    changes = 0 if plain is None else len(draft_of(plain).pending)
                    changes += is_left and drafts.is_kept(folder, self._database, _typing(name))
                    if changes:
                        found.append(Left(plan.label, changes))
        return tuple(found)

    def _claim(self, folder: str, plan: "Plan") -> "tuple[str, TextIOWrapper]":
        """A name that no other process has: one under which something is kept, else the first."""
        from salestui.store import drafts

        found = drafts.claim_one(folder, self._database, drafts.names_of(_name(plan)), lambda name: [_typing(name)])
        if found is None:
            open_in = f"{plan.label} is open in {drafts.MOST_WINDOWS} windows of yours"
            raise UsageProblem(open_in, remedy="Close one of them.")
        return found


def _name(plan: "Plan") -> str:
    """The name that a draft of the plan is kept under in the first window."""
    return f"quotas-{plan.fiscal_year}-v{plan.plan_version}-{plan.begun_by[:12]}"


def _typing(name: str) -> str:
    """Under which name a cell that is being typed into is kept, beside the draft of that name."""
    return f"typing-{name}"


def _quotas(count: int) -> str:
    return "1 quota" if count == 1 else f"{count:,} quotas"
