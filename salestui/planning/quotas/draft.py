"""What was typed into a quota plan and is not saved: every step of it, so that each can be undone and done again.

A draft knows what stood in the plan when each quota was first typed, to tell later whether somebody else has changed
it meanwhile, and what stands there now, to fall back on. As plain data it outlives the program.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from salestui.model.values.amount import Amount
from salestui.planning.quotas.sheet import Leaf, Sheet

Amounts = dict[Leaf, Amount | None]


class Step(NamedTuple):
    """One act: what it was, and every quota it set."""

    what: str
    after: Amounts


class Draft:
    """The steps; those beyond `done` are undone and can be done again, the first `saving` of them are being saved."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.done = 0
        self.saving = 0
        self.base: Amounts = {}
        """What stood in the plan when a quota was first typed."""
        self.stands: Amounts = {}
        """What stands in the plan now, of quotas that were typed."""

    @property
    def typed(self) -> Amounts:
        """The quotas as the steps that are done leave them."""
        found: Amounts = {}
        for step in self.steps[: self.done]:
            found |= step.after
        return found

    @property
    def pending(self) -> Amounts:
        """Those of them that are not in the plan."""
        return {leaf: amount for leaf, amount in self.typed.items() if amount != self.stands[leaf]}

    @property
    def can_undo(self) -> bool:
        """Whether there is a step that can be taken back; those that are being saved cannot."""
        return self.done > self.saving

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can be made again."""
        return self.done < len(self.steps)

    def take(self, what: str, changes: Mapping[Leaf, Amount | None], sheet: Sheet) -> None:
        """Add a step, and make it on the sheet; what was undone before is forgotten."""
        typed = self.typed
        for leaf in changes:
            if leaf not in typed:
                self.base[leaf] = self.stands[leaf] = sheet.leaf(leaf)
        self.steps[self.done :] = [Step(what, dict(changes))]
        self.done += 1
        _put(sheet, changes)

    def undo(self, sheet: Sheet) -> Step | None:
        """Take the last step back; None where there is none that can be."""
        if not self.can_undo:
            return None
        self.done -= 1
        step = self.steps[self.done]
        typed = self.typed
        _put(sheet, {leaf: typed.get(leaf, self.stands[leaf]) for leaf in step.after})
        return step

    def redo(self, sheet: Sheet) -> Step | None:
        """Make the step again that was taken back last; None where there is none."""
        if not self.can_redo:
            return None
        step = self.steps[self.done]
        self.done += 1
        _put(sheet, step.after)
        return step

    def adopt(self, other: "Draft", kept: Mapping[Leaf, Amount | None]) -> None:
        """Go on with what was typed into another version of the plan, on top of these quotas."""
        typed = self.typed
        for step in other.steps[: other.done]:
            for leaf in step.after:
                if leaf not in typed:
                    self.base[leaf] = self.stands[leaf] = kept.get(leaf)
        self.steps[self.done :] = other.steps[: other.done]
        self.done = len(self.steps)

    def drop_undone(self) -> None:
        """Forget what was taken back."""
        del self.steps[self.done :]

    def lay_on(self, sheet: Sheet, kept: Mapping[Leaf, Amount | None]) -> None:
        """The plan was read anew, with these quotas in it: lay what is typed over it."""
        typed = self.typed
        self.stands = {leaf: kept.get(leaf) for leaf in self.base}
        self.base = {leaf: amount if leaf in typed else self.stands[leaf] for leaf, amount in self.base.items()}
        _put(sheet, typed)

    def begin_saving(self) -> Amounts:
        """What is typed is about to be saved: these quotas. Until it is known how that went, it cannot be undone."""
        self.saving = self.done
        return self.pending

    def saved(self, amounts: Mapping[Leaf, Amount | None]) -> None:
        """These quotas stand in the plan now, and what was typed since goes on from them."""
        del self.steps[: self.saving]
        self.done -= self.saving
        self.saving = 0
        self.base |= amounts
        self.stands |= amounts

    def not_saved(self) -> None:
        """Nothing was saved: everything typed is pending as before."""
        self.saving = 0

    def rebase(self, leaf: Leaf, amount: Amount | None, *, keep: bool) -> None:
        """Somebody else's amount is what stands in the plan now; `keep` the draft's own over it, or take theirs."""
        self.base[leaf] = self.stands[leaf] = amount
        if keep:
            return
        left = [(Step(what, _without(after, leaf)), at < self.done) for at, (what, after) in enumerate(self.steps)]
        self.done = sum(done for step, done in left if step.after)
        self.steps = [step for step, _ in left if step.after]

    def to_plain(self) -> dict[str, Any]:
        """The draft as plain data."""
        return {
            "done": self.done,
            "base": _plain(self.base),
            "steps": [{"what": step.what, "after": _plain(step.after)} for step in self.steps],
        }


def draft_of(plain: Mapping[str, Any]) -> Draft:
    """The draft of plain data; KeyError, TypeError or ValueError where it is none."""
    draft = Draft()
    draft.base = _read(plain["base"])
    draft.stands = dict(draft.base)
    draft.steps = [Step(str(step["what"]), _read(step["after"])) for step in plain["steps"]]
    draft.done = int(plain["done"])
    touched = {leaf for step in draft.steps for leaf in step.after}
    if not 0 <= draft.done <= len(draft.steps) or not touched <= draft.base.keys():
        raise ValueError("its steps do not fit together")
    return draft


def _put(sheet: Sheet, amounts: Mapping[Leaf, Amount | None]) -> None:
    for leaf, amount in amounts.items():
        sheet.put(leaf, amount)


def _without(amounts: Amounts, leaf: Leaf) -> Amounts:
    return {other: amount for other, amount in amounts.items() if other != leaf}


def _plain(amounts: Amounts) -> list[list[Any]]:
    return [
        [leaf.seat, leaf.line, leaf.month.isoformat(), None if amount is None else str(amount)]
        for leaf, amount in amounts.items()
    ]


def _read(plain: list[list[Any]]) -> Amounts:
    return {
        Leaf(int(seat), int(line), date.fromisoformat(month)): None if amount is None else Amount(amount)
        for seat, line, month, amount in plain
    }
