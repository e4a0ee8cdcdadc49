"""What was typed into a quota plan and is not saved: every step of it, so that each can be undone and done again.

A draft knows what stood in the plan when each quota was first typed, to tell later whether somebody else has changed
it meanwhile, and what stands there now, to fall back on. As plain data it outlives the program. Amounts are in
smallest units.
"""

from collections.abc import Collection, Iterator, KeysView, Mapping
from datetime import date
from itertools import chain, compress
from operator import eq
from typing import Any, NamedTuple

from salestui.model.values.amount import Amount
from salestui.planning.quotas.leaf import distinct, pieces
from salestui.planning.quotas.packed import Packed, packed_of
from salestui.planning.quotas.sheet import Leaf, Sheet, Units

_MANY = 1000
"""From so many quotas on they are kept packed."""


class Step:
    """One act: what was typed and where, and every quota it set."""

    __slots__ = ("_after", "_before", "what")

    def __init__(
        self, what: str, after: Packed | Mapping[int, int | None], before: Mapping[int, int | None] | None = None
    ) -> None:
        """`before`: what earlier steps had set of these quotas."""
        self.what = what
        self._after = after if isinstance(after, Packed) else _small(after)
        self.lay_before(before or {})

    def lay_before(self, before: Mapping[int, int | None]) -> None:
        """What earlier steps have set of its quotas is this now."""
        self._before = _small(before)

    def __len__(self) -> int:
        return len(self._after)

    @property
    def after(self) -> Units:
        """The quotas it set."""
        return _whole(self._after)

    @property
    def keys(self) -> Collection[int]:
        """The leaves of these quotas."""
        return self._after.keys if isinstance(self._after, Packed) else self._after.keys()

    @property
    def before(self) -> Units:
        """What earlier steps had set of them."""
        return _whole(self._before)


class Told(NamedTuple):
    """A step as it is told: what it was, whether it is done (or undone), and how many quotas it set."""

    what: str
    done: bool
    quotas: int

    def __str__(self) -> str:
        return self.what if self.quotas == 1 else f"{self.what} ({self.quotas:,} quotas)"


class Draft:
    """The steps; those beyond `done` are undone and can be done again, the first `saving` of them are being saved."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.done = 0
        self.saving = 0
        self.undone_saved = 0
        """How many saved changes were undone after the steps that are: those are made again before the steps."""
        self.base: Units = {}
        """What stood in the plan when a quota was first typed."""
        self.stands: Units = {}
        """What stands in the plan now, of quotas that were typed."""
        self.typed: Units = {}
        """The quotas as the steps that are done leave them."""
        self.pending: Units = {}
        """Those of them that are not in the plan."""
        self.over: set[int] = set()
        """Those of the steps' leaves whose figures from below were there to be seen when they were typed."""

    @property
    def can_undo(self) -> bool:
        """Whether there is a step that can be taken back; those that are being saved cannot."""
        return self.done > self.saving

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can be made again."""
        return self.done < len(self.steps)

    @property
    def contested(self) -> set[int]:
        """What is pending and has been changed in the plan since it was first typed."""
        moved = self.base.keys() - _standing(self.base, self.stands)
        return moved & self.pending.keys()

    @property
    def settled(self) -> set[int]:
        """What is typed and stands in the plan already."""
        return self.typed.keys() - self.pending.keys() if len(self.typed) > len(self.pending) else set()

    @property
    def story(self) -> list[Told]:
        """The steps as they are told, from the first to the last."""
        return [Told(step.what, at < self.done, len(step)) for at, step in enumerate(self.steps)]

    @property
    def saved_story(self) -> list[str]:
        """What is being saved, a line for each step; what would be if nothing is."""
        return [str(told) for told in self.story[: self.saving or self.done]]

    def take(self, what: str, changes: Mapping[int, int | None], sheet: Sheet) -> Step:
        """Add a step, and make it on the sheet; what was undone before is forgotten."""
        return self.add(what, changes, sheet.exchange(changes), sheet.handed_in(changes))

    def add(self, what: str, changes: Mapping[int, int | None], found: Units, over: Collection[int] = ()) -> Step:
        """Add a step that was made on the sheet already, where `found` stood before, `over` figures from below."""
        before = found if all(key in self.typed for key in found) else {}
        if not before and not self.typed.keys().isdisjoint(found):
            before = {key: units for key, units in found.items() if key in self.typed}
        if len(before) < len(found):
            new = {key: units for key, units in found.items() if key not in before} if before else found
            self.base.update(new)
            self.stands.update(new)
        step = Step(what, changes, before)
        self.steps[self.done :] = [step]
        self.over.update(over)
        self.done += 1
        self.undone_saved = 0
        self._lay(changes)
        return step

    def undo(self, sheet: Sheet) -> Step | None:
        """Take the last step back; None where there is none that can be."""
        if not self.can_undo:
            return None
        self.done -= 1
        step = self.steps[self.done]
        before, stands = step.before, self.stands
        back: Units = {}
        if not before and len(step) == len(self.typed) == len(stands):
            back = dict(stands)
            self.typed, self.pending = {}, {}
        elif len(before) < len(step):
            back = {key: stands[key] for key in step.keys if key not in before}
            for key in back:
                del self.typed[key]
                self.pending.pop(key, None)
        self._lay(before)
        sheet.put_many(back | before if back and before else back or before)
        return step

    def redo(self, sheet: Sheet) -> Step | None:
        """Make the step again that was taken back last; None where there is none."""
        if not self.can_redo:
            return None
        step = self.steps[self.done]
        after = step.after
        self.done += 1
        self.undone_saved = 0
        self._lay(after)
        sheet.put_many(after)
        return step

    def go_to(self, done: int, sheet: Sheet) -> Collection[int]:
        """Undo or redo until so many steps are done, as far as that can be; answers the leaves that they set."""
        gone: list[Step] = []
        while self.done > done and (step := self.undo(sheet)):
            gone.append(step)
        while self.done < done and (step := self.redo(sheet)):
            gone.append(step)
        return gone[0].keys if len(gone) == 1 else distinct(chain.from_iterable(step.keys for step in gone))

    def steps_to(self, done: int) -> list[Step]:
        """The steps between where it is and where so many are done."""
        return self.steps[min(done, self.done) : max(done, self.done)]

    def adopt(self, other: "Draft", kept: Mapping[int, int | None]) -> None:
        """Go on with what was typed into another version of the plan, on top of these quotas.

        What stood there when it was typed stays its base: a quota that others have changed since is still told so.
        """
        taken = other.steps[: other.done]
        for step in taken:
            for key in step.keys:
                if key not in self.typed:
                    self.base[key], self.stands[key] = other.base[key], kept.get(key)
        self.steps[self.done :] = taken
        self.done, self.undone_saved = len(self.steps), 0
        self.over.update(other.over)
        self.over &= self._replay()

    def undo_saved(self, count: int) -> None:
        """So many saved changes were undone, or below 0 made again, while steps were taken back."""
        self.undone_saved = max(self.undone_saved + count, 0) if self.can_redo else 0

    def lay_on(self, sheet: Sheet, kept: Mapping[int, int | None]) -> None:
        """The plan was read anew, with these quotas in it: lay what is typed over it."""
        typed = self.typed
        self.stands = {key: kept.get(key) for key in self.base}
        self.base = {key: units if key in typed else self.stands[key] for key, units in self.base.items()}
        self._find_pending()
        sheet.put_many(typed)

    def begin_saving(self) -> Units:
        """What is typed is about to be saved: these quotas. Until it is known how that went, it cannot be undone."""
        self.saving = self.done
        return dict(self.pending)

    def saved(self, amounts: Mapping[int, int | None]) -> None:
        """These quotas stand in the plan now, and what was typed since goes on from them."""
        del self.steps[: self.saving]
        self.done -= self.saving
        self.saving = 0
        if not self.steps:
            self.base, self.stands = {}, {}
        elif len(amounts) == len(self.base) == len(self.stands):
            self.base, self.stands = dict(amounts), dict(amounts)
        else:
            self.base.update(amounts)
            self.stands.update(amounts)
        self.over &= self._replay()

    def not_saved(self) -> None:
        """Nothing was saved: everything typed is pending as before."""
        self.saving = 0

    def rebase(self, key: int, units: int | None, *, keep: bool) -> None:
        """Somebody else's amount is what stands in the plan now; `keep` the draft's own over it, or take theirs."""
        self.rebase_many({key: units}, [key] if keep else [])

    def rebase_many(self, theirs: Mapping[int, int | None], kept: Collection[int]) -> None:
        """The same for many quotas, of which the draft's own are `kept`."""
        self.base.update(theirs)
        self.stands.update(theirs)
        dropped = theirs.keys() - set(kept)
        left: list[Step] = []
        done = 0
        for at, step in enumerate(self.steps):
            after = step.after
            if not dropped.isdisjoint(after):
                after = {key: units for key, units in after.items() if key not in dropped}
                step = Step(step.what, after)
            if after:
                left.append(step)
                done += at < self.done
        self.steps, self.done = left, done
        self.over.update(kept)
        self.over &= self._replay()

    def _lay(self, amounts: Mapping[int, int | None]) -> None:
        if len(amounts) == len(self.base):
            self.typed = dict(amounts)
            self._find_pending()
            return
        self.typed.update(amounts)
        self.pending.update(amounts)
        for key in _standing(amounts, self.stands):
            del self.pending[key]

    def _replay(self) -> KeysView[int]:
        """Find anew what each step changed and what is typed, from the steps alone; answers all that they set."""
        typed: Units = {}
        self.typed = {}
        for at, step in enumerate(self.steps):
            after = step.after
            step.lay_before({key: typed[key] for key in after if key in typed} if typed else {})
            typed.update(after)
            if at == self.done - 1:
                self.typed = typed if self.done == len(self.steps) else dict(typed)
        self._find_pending()
        return typed.keys()

    def _find_pending(self) -> None:
        pending = dict(self.typed)
        for key in _standing(self.typed, self.stands):
            del pending[key]
        self.pending = pending

    def snapshot(self) -> "Draft":
        """What `to_plain` needs, apart from what changes from now on."""
        taken = Draft()
        taken.steps, taken.done, taken.base = self.steps[:], self.done, dict(self.base)
        taken.undone_saved, taken.over = self.undone_saved, set(self.over)
        return taken

    def to_plain(self) -> dict[str, Any]:
        """The draft as plain data."""
        return {
            "done": self.done,
            "undone_saved": self.undone_saved,
            "base": _plain(_small(self.base)),
            "over": _plain(dict.fromkeys(sorted(self.over))),
            "steps": [{"what": step.what, "after": _plain(step._after)} for step in self.steps],
        }


def draft_of(plain: Mapping[str, Any]) -> Draft:
    """The draft of plain data; KeyError, TypeError or ValueError where it is none."""
    draft = Draft()
    draft.base = _whole(_read(plain["base"]))
    draft.stands = dict(draft.base)
    draft.steps = [Step(str(step["what"]), _read(step["after"])) for step in plain["steps"]]
    draft.done, draft.undone_saved = int(plain["done"]), int(plain.get("undone_saved", 0))
    if not 0 <= draft.done <= len(draft.steps):
        raise ValueError("its steps do not fit together")
    if not draft._replay() <= draft.base.keys():
        raise ValueError("its steps are of quotas it knows nothing of")
    draft.over = set(_whole(_read(plain.get("over", []))))
    return draft


_Kept = Packed | Units


def _standing(amounts: Mapping[int, int | None], stands: Mapping[int, int | None]) -> list[int]:
    """The leaves that have these amounts in the plan."""
    found: list[int] = []
    keys, units = list(amounts), list(amounts.values())
    for piece in pieces(len(keys)):
        part = keys[piece]
        found += compress(part, map(eq, units[piece], map(stands.__getitem__, part)))
    return found


def _small(amounts: Mapping[int, int | None]) -> _Kept:
    if len(amounts) < _MANY:
        return dict(amounts)
    try:
        return Packed(amounts)
    except OverflowError:
        return dict(amounts)


def _whole(amounts: _Kept) -> Units:
    return amounts.unpacked() if isinstance(amounts, Packed) else amounts


def _plain(amounts: _Kept) -> dict[str, str] | list[list[Any]]:
    return amounts.to_plain() if isinstance(amounts, Packed) else list(_each_plain(amounts))


def _each_plain(amounts: Units) -> Iterator[list[Any]]:
    for key, units in amounts.items():
        leaf = Leaf.of(key)
        amount = None if units is None else str(Amount.from_units(units))
        yield [leaf.seat, leaf.line, leaf.month.isoformat(), amount]


def _read(plain: Any) -> _Kept:
    if isinstance(plain, dict):
        return packed_of(plain)
    return {
        Leaf(int(seat), int(line), date.fromisoformat(month)): None if amount is None else Amount(amount).units
        for seat, line, month, amount in plain
    }
