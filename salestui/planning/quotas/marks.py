"""Where in the sheet something is pending, and what stands in the plan there: both at once in every sum."""

from collections.abc import Iterable

from salestui.model.values.amount import Amount
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.sheet import Sheet

_PENDING = 1


class Marks:
    """Follows a draft: `renew` after it was laid on a sheet that was read anew, `touch` after each of its steps."""

    def __init__(self, sheet: Sheet, draft: Draft) -> None:
        """The draft must be laid on the sheet."""
        self._sheet, self._draft = sheet, draft
        self.renew()

    def renew(self) -> None:
        """Look at everything that is typed."""
        self._marks = self._sheet.like(dict.fromkeys(self._draft.pending, _PENDING))
        stands = self._draft.stands
        self._plan = self._sheet.copy()
        self._plan.put_many({key: stands[key] for key in self._draft.pending})

    def touch(self, keys: Iterable[int]) -> None:
        """Look at these leaves: a step has set them, or was taken back."""
        pending = self._draft.pending
        self._marks.put_many({key: _PENDING if key in pending else None for key in keys})

    @property
    def plan(self) -> Sheet:
        """The quotas as they stand in the plan."""
        return self._plan

    def at(self, row: int, span: int) -> bool:
        """Whether what stands in this row and column is not all saved."""
        return self._marks.count(row, span) > 0

    def before(self, row: int, span: int) -> Amount | None:
        """What stands in the plan in this row and column."""
        return self._plan.value(row, span)
