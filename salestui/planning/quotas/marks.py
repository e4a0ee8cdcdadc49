"""Where in the sheet something is pending, and what stands in the plan there: both at once in every sum."""

from collections.abc import Collection

from salestui.model.values.amount import Amount
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.sheet import Sheet, Units

_FEW = 8
"""Below this part of all leaves, single changes are quicker than to look at everything."""


class Marks:
    """Follows a draft: `renew` after it was laid on a sheet that was read anew, `touch` after each of its steps."""

    def __init__(self, sheet: Sheet, draft: Draft) -> None:
        """The draft must be laid on the sheet."""
        self._sheet, self._draft = sheet, draft
        self.renew()

    def renew(self) -> None:
        """Look at everything that is typed."""
        stands = self._draft.stands
        self._look_at(self._draft.pending)
        self.plan = self._sheet.copy()
        """The quotas as they stand in the plan."""
        self.plan.put_many({key: stands[key] for key in self._seen})

    def lie_on(self, sheet: Sheet) -> None:
        """Lie on a copy of the sheet from now on."""
        self._sheet = sheet

    def follow(self, draft: Draft) -> None:
        """Follow another draft, which was laid on the sheet, from now on; the one before had nothing pending."""
        self._draft = draft
        self.touch(draft.pending)

    def touch(self, keys: Collection[int]) -> None:
        """Look at these leaves: a step has set them, or was taken back."""
        pending, seen = self._draft.pending, self._seen
        if len(keys) * _FEW > self._sheet.size:
            self._look_at(pending)
            return
        for key in keys:
            if (key in pending) != (key in seen):
                self._sheet.count_in(self._marks, key, 1 if key in pending else -1)
                if key in pending:
                    seen[key] = pending[key]
                else:
                    del seen[key]

    def _look_at(self, pending: Units) -> None:
        self._seen = pending.copy()
        self._marks = self._sheet.tally(self._seen)

    def at(self, row: int, span: int) -> bool:
        """Whether what stands in this row and column is not all saved."""
        return self._marks.of(row, span) > 0

    def before(self, row: int, span: int) -> Amount | None:
        """What stands in the plan in this row and column."""
        return self.plan.value(row, span)
