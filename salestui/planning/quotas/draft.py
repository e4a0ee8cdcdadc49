"""What was typed into a quota plan and is not saved: every step of it, so that each can be undone and done again.

A draft knows what stood in the plan when each quota was first changed, to tell later whether somebody else has changed
it meanwhile. As plain data it outlives the program.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from salestui.model.values.amount import Amount
from salestui.planning.quotas.sheet import Leaf, Sheet


class Step(NamedTuple):
    """One act: what it was, and every quota it changed, before and after."""

    what: str
    before: dict[Leaf, Amount | None]
    after: dict[Leaf, Amount | None]


class Draft:
    """The steps; those beyond `done` are undone and can be done again."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.done = 0
        self.base: dict[Leaf, Amount | None] = {}
        """What stood in the plan where the draft changes it."""

    @property
    def pending(self) -> dict[Leaf, Amount | None]:
        """The quotas that differ from what stood in the plan."""
        found: dict[Leaf, Amount | None] = {}
        for step in self.steps[: self.done]:
            found |= step.after
        return {leaf: amount for leaf, amount in found.items() if amount != self.base[leaf]}

    def take(self, what: str, changes: Mapping[Leaf, Amount | None], sheet: Sheet) -> None:
        """Add a step, and make it on the sheet; what was undone before is forgotten."""
        before = {leaf: sheet.leaf(leaf) for leaf in changes}
        for leaf, amount in before.items():
            self.base.setdefault(leaf, amount)
        self.steps[self.done :] = [Step(what, before, dict(changes))]
        self.done += 1
        _put(sheet, changes)

    def undo(self, sheet: Sheet) -> Step | None:
        """Take the last step back; None where there is none."""
        if not self.done:
            return None
        self.done -= 1
        step = self.steps[self.done]
        _put(sheet, step.before)
        return step

    def redo(self, sheet: Sheet) -> Step | None:
        """Make the step again that was taken back last; None where there is none."""
        if self.done == len(self.steps):
            return None
        step = self.steps[self.done]
        self.done += 1
        _put(sheet, step.after)
        return step

    def lay_on(self, sheet: Sheet) -> None:
        """Show the pending quotas on a sheet that was read anew."""
        _put(sheet, self.pending)

    def settle(self) -> int:
        """Forget what was undone, because what is done is about to be saved; answers how many steps that is."""
        del self.steps[self.done :]
        return self.done

    def saved(self, steps: int, amounts: Mapping[Leaf, Amount | None]) -> None:
        """The first steps are saved, and these amounts stand in the plan; what was typed since goes on from them."""
        del self.steps[:steps]
        self.done -= steps
        touched = {leaf for step in self.steps for leaf in step.after}
        self.base = {leaf: amounts.get(leaf, amount) for leaf, amount in self.base.items() if leaf in touched}

    def rebase(self, leaf: Leaf, amount: Amount | None, *, keep: bool) -> None:
        """Somebody else's amount is what stands in the plan now; `keep` the draft's own over it, or take theirs."""
        self.base[leaf] = amount
        first = True
        for number, (what, before, after) in enumerate(self.steps):
            if leaf not in after:
                continue
            if keep and first:
                self.steps[number] = Step(what, {**before, leaf: amount}, after)
            elif not keep:
                self.steps[number] = Step(what, _without(before, leaf), _without(after, leaf))
            first = False

    def to_plain(self) -> dict[str, Any]:
        """The draft as plain data."""
        return {
            "done": self.done,
            "base": _plain(self.base),
            "steps": [
                {"what": step.what, "before": _plain(step.before), "after": _plain(step.after)} for step in self.steps
            ],
        }


def draft_of(plain: Mapping[str, Any]) -> Draft:
    """The draft of plain data; KeyError, TypeError or ValueError where it is none."""
    draft = Draft()
    draft.base = _read(plain["base"])
    draft.steps = [Step(str(step["what"]), _read(step["before"]), _read(step["after"])) for step in plain["steps"]]
    draft.done = int(plain["done"])
    touched = {leaf for step in draft.steps for leaf in step.after}
    if not 0 <= draft.done <= len(draft.steps) or not touched <= draft.base.keys():
        raise ValueError("its steps do not fit together")
    return draft


def _put(sheet: Sheet, amounts: Mapping[Leaf, Amount | None]) -> None:
    for leaf, amount in amounts.items():
        sheet.put(leaf, amount)


def _without(amounts: Mapping[Leaf, Amount | None], leaf: Leaf) -> dict[Leaf, Amount | None]:
    return {other: amount for other, amount in amounts.items() if other != leaf}


def _plain(amounts: Mapping[Leaf, Amount | None]) -> list[list[Any]]:
    return [
        [leaf.seat, leaf.line, leaf.month.isoformat(), None if amount is None else str(amount)]
        for leaf, amount in amounts.items()
    ]


def _read(plain: list[list[Any]]) -> dict[Leaf, Amount | None]:
    return {
        Leaf(int(seat), int(line), date.fromisoformat(month)): None if amount is None else Amount(amount)
        for seat, line, month, amount in plain
    }
