"""What stands in the way of an import: refused rows and fields, collected so that all of them can be told at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from salestui.model.values.errors import DataProblem
from salestui.model.values.text import fit, safe_line

_SHOWN = 60


class Cancelled(Exception):
    """The user called the import off; nothing was written."""


@dataclass(frozen=True)
class Pulse:
    """How an import tells where it is, and hears that it is to stop."""

    progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None
    cancelled: Callable[[], bool] = lambda: False

    def beat(self, step: str, done: int, total: int) -> None:
        """Tell that `done` of `total` is behind us in `step`; raises Cancelled where that is wished."""
        if self.cancelled():
            raise Cancelled
        self.progress(step, done, total)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value, what was expected, and what to do."""

    what: str
    expected: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Refusal:
    """Something of a file that is not taken: a row (the header is row 1), or the whole file where `row` is None."""

    entity: str
    file: str
    row: int | None
    column: str
    value: str | None
    fault: Fault

    @property
    def where(self) -> str:
        """The place: file, row, column."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return safe_line(", ".join(parts))

    def __str__(self) -> str:
        return str(
            DataProblem(self.fault.what, where=self.where, expected=self.fault.expected, remedy=self.fault.remedy)
        )


@dataclass
class Trouble:
    """All that is refused and warned of. What is wrong with a whole file or mapping (`whole`) stops the import."""

    refusals: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rows: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    """The refused rows by entity, so that a row with two faults counts once."""
    whole: bool = False

    def refuse(self, refusal: Refusal) -> None:
        """Note a refusal."""
        self.refusals.append(refusal)
        if refusal.row is None:
            self.whole = True
        else:
            self.rows.setdefault(refusal.entity, set()).add((refusal.file, refusal.row))

    def refuse_file(self, entity: str, file: str, fault: Fault, column: str = "") -> None:
        """Note that a file cannot be taken at all."""
        self.refuse(Refusal(entity, file, None, column, None, fault))

    def warn(self, text: str) -> None:
        """Note something that does not hinder; the same is told once."""
        if text not in self.warnings:
            self.warnings.append(text)


def quoted(value: str | None) -> str:
    """A value as messages show it."""
    return f"“{fit(safe_line(value or ''), _SHOWN)}”"


def named(values: Iterator[str] | list[str] | tuple[str, ...], most: int = 8) -> str:
    """A list of names for a sentence, cut where it grows long."""
    names = [safe_line(value) for value in values]
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
