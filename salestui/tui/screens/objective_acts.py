"""What is done to an objective from the table and from its page alike: each asks for what it needs, and for why."""

from collections.abc import Callable
from typing import TypeVar

from salestui.planning.objectives.queries import Objective, Standing
from salestui.planning.objectives.rules import Target, reason_of
from salestui.tui.actions.action import Need
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.doubt import make_sure
from salestui.tui.screens.objective_model import new_target, percent_text
from salestui.tui.sources.objectives import ObjectivesSource
from salestui.tui.sources.opening import source_of

T = TypeVar("T")
SUBJECT = "objectives"


class ObjectiveActs(BaseScreen[T]):
    """A screen on which an objective is in view."""

    @property
    def in_view(self) -> Standing | None:
        """The objective that is acted on."""
        raise NotImplementedError

    def meets(self, need: Need) -> bool:
        """Whether the objective is in the state that an action waits for."""
        standing = self.in_view
        return standing is not None and standing.objective.state == need.name

    @property
    def _source(self) -> ObjectivesSource:
        return source_of(self, ObjectivesSource)

    def action_edit(self) -> None:
        """Ask for another target."""
        standing = self.in_view
        if standing is None:
            return
        objective, calendar = standing.objective, self.shell.company.calendar
        text = percent_text(objective) if objective.growth is not None else str(objective.amount)

        def answered(typed: str) -> None:
            target = new_target(standing, typed, calendar)
            make_sure(self, target.amount, objective.amount, lambda: self.aim(objective, target))

        self.ask(f" target of {objective.label}: ", answered, text=text)

    def aim(self, objective: Objective, target: Target) -> None:
        """Save another target."""
        if target.amount != objective.amount or target.growth != objective.growth:
            self._change(lambda: self._source.aim_objective(objective, target))

    def action_submit(self) -> None:
        """Hand the draft in."""
        self._with_reason("submit", self._source.submit_objective)

    def action_approve(self) -> None:
        """Put what is submitted into force."""
        self._with_reason("approve", self._source.approve_objective)

    def action_return(self) -> None:
        """Return what is submitted."""
        self._with_reason("return", self._source.return_objective)

    def action_version(self) -> None:
        """Begin a new version."""
        self._with_reason("begin a new version of", self._source.begin_objective)

    def action_drop(self) -> None:
        """Drop the draft."""
        standing = self.in_view
        if standing is not None:
            objective = standing.objective
            self.confirm(
                f"Drop the draft {objective.label}?",
                lambda: self._change(lambda: self._source.drop_objective(objective)),
            )

    def _with_reason(self, act: str, does: Callable[[Objective, str], str]) -> None:
        """Ask why, and do it."""
        standing = self.in_view
        if standing is None:
            return
        objective = standing.objective

        def answered(text: str) -> None:
            reason = reason_of(text)
            self._change(lambda: does(objective, reason))

        self.ask(f" {act} {objective.label}, why: ", answered)

    def _change(self, does: Callable[[], str]) -> None:
        self.shell.change(does, SUBJECT, "quotas")
