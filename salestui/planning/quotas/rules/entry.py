"""What is typed into cells of the sheet, and what it means for the quotas behind them."""

from collections.abc import Iterable, Mapping, Sequence

from salestui.model.values.amount import Amount
from salestui.model.values.entry import entered, is_change
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.rules.expression import Around, Expression
from salestui.planning.quotas.rules.held import HeldBack, held_words, letting_go
from salestui.planning.quotas.rules.outcome import STEP, Outcome, outcome
from salestui.planning.quotas.rules.spread import Spread
from salestui.planning.quotas.rules.ways import PROPORTION, Way
from salestui.planning.quotas.sheet import Hold, Leaf, Sheet

Cell = tuple[int, int]
"""A row and a column of the sheet, by number."""


def entry(
    sheet: Sheet,
    cells: Iterable[Cell],
    text: str,
    *,
    way: Way = PROPORTION,
    around: Around | None = None,
    step: Amount = STEP,
    below_zero: bool = False,
) -> Outcome:
    """What typing `text` into cells changes: a quota by itself, a sum by what it is the sum of, spread by a way.

    In proportion to quotas of which there are none yet, what is worked out from last year is spread by last year.
    What is held keeps its value where sums or many cells are typed into. Typing at a locked quota itself is refused;
    at one that was submitted it is the manager's to decide. All or nothing: UsageProblem where the text means nothing
    in one of the cells, the cells hold a sum together with a part of it, or what is held leaves no room; BelowZero
    where a quota would be below zero and `below_zero` does not allow it.
    """
    places = list(dict.fromkeys(cells))
    meaning = Meaning(sheet, text, around, step)
    wanted = {place: meaning.at(*place) for place in places}
    otherwise = around.by_last_year if around is not None and meaning.reads_last_year else None
    found = type_in(sheet, wanted, way=way, otherwise=otherwise, step=step, below_zero=below_zero)
    return found._replace(notes=tuple(dict.fromkeys((*found.notes, *meaning.notes(places)))))


class Meaning:
    """What a text stands for in each cell, in smallest units; None for no quota."""

    def __init__(
        self, sheet: Sheet, text: str, around: Around | None = None, step: Amount = STEP, *, of_a_table: bool = False
    ) -> None:
        """`of_a_table`: `-5` is an amount below zero, as tables have it, not 5 less than what stands there.

        UsageProblem where the text stands for nothing anywhere.
        """
        self._sheet, self._text, self._step = sheet, text, step
        self._around = around or Around()
        plain = text.strip()
        self._expression = Expression(plain, self._around, step) if plain.startswith("=") else None
        changes = is_change(plain) and not (of_a_table and plain[0] in "+-−" and not plain.endswith("%"))
        self._changes = self._expression is not None or changes
        self._fixed = None if self._changes else _units(entered(text, None, step))

    def at(self, row: int, span: int) -> int | None:
        """In this row and column; UsageProblem where it stands for nothing there."""
        if not self._changes:
            return self._fixed
        if self._expression is not None:
            return self._expression.units(self._sheet, row, span)
        return _units(entered(self._text, self._sheet.value(row, span), self._step))

    @property
    def reads_last_year(self) -> bool:
        """Whether last year's amounts are a part of it."""
        return self._expression is not None and "ly" in self._expression.names

    def notes(self, cells: Iterable[Cell]) -> Sequence[str]:
        """What is to be said of last year's amounts that it reads in these cells."""
        months = self._around.months_before
        if months is None or not self.reads_last_year:
            return ()
        return months.notes(month for _, span in cells for month in self._sheet.spans[span].months)


def type_in(
    sheet: Sheet,
    wanted: Mapping[Cell, int | None],
    *,
    way: Way = PROPORTION,
    otherwise: Way | None = None,
    step: Amount = STEP,
    below_zero: bool = False,
    skipping: bool | None = None,
) -> Outcome:
    """What setting cells to these amounts changes, in smallest units; see `entry`.

    `otherwise`: how to spread where there is nothing to be in proportion to (evenly). `skipping`: go over quotas that
    are held, rather than refuse or set them; without it where there are many cells.
    """
    skip = len(wanted) > 1 if skipping is None else skipping
    spread = Spread(otherwise)
    held: list[int] = []
    for (row, span), units in wanted.items():
        quotas = sheet.quotas(row, span)
        if not spread.today.keys().isdisjoint(quotas):
            raise UsageProblem(
                "These cells hold a sum and parts of it",
                expected="either sums or what they are the sums of",
                remedy="C hides the columns of sums.",
            )
        spread.look_at(quotas)
        if sheet.is_leaf(row, span) and quotas:
            (key,) = quotas
            hold = sheet.holds.get(Leaf.of(key)) if sheet.holds else None
            if hold is not None and skip:
                held.append(key)
                continue
            if hold is not None and hold.kind != "submitted":
                raise _locked(sheet, key, hold)
            spread.wanted[key] = units
        elif units is None:
            free = [key for key in quotas if key not in sheet.holds]
            held += [key for key in quotas if key in sheet.holds]
            spread.wanted.update(dict.fromkeys(free))
        else:
            spread.over(sheet, quotas, units, way, step.units, (row,))
    if held and not spread.wanted:
        how = letting_go(sheet.holds, held)
        told = f"Everything here is {held_words(sheet.holds, held)}"
        raise HeldBack(told, remedy=f"{how[:1].upper()}{how[1:]}." if how else "")
    if held:
        spread.note(f"{len(held):,} held kept theirs")
    return outcome(sheet, spread.wanted, spread.today, spread.notes, below_zero=below_zero)


def _locked(sheet: Sheet, key: int, hold: Hold) -> UsageProblem:
    if hold.kind == "closed":
        return UsageProblem(f"{sheet.name(key)} is closed, with all months up to {hold.when}", expected="a later month")
    reason = f": {hold.reason}" if hold.reason else ""
    return UsageProblem(f"{sheet.name(key)} is locked by {hold.who} since {hold.when}{reason}", remedy="L unlocks it.")


def _units(amount: Amount | None) -> int | None:
    return None if amount is None else amount.units
