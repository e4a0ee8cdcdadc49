"""Reading a TOML table with a clear answer to whatever does not belong there."""

import difflib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from salestui.exchange.trouble import quoted
from salestui.model.values.errors import DataProblem


class Section:
    """A table of a TOML file. Keys are taken one by one; `done` refuses the ones nobody asked for."""

    def __init__(self, content: Any, where: str) -> None:
        if not isinstance(content, dict):
            raise DataProblem("This is not a table.", where=where, expected='key = "value" pairs')
        self._content: dict[str, Any] = dict(content)
        self._known: list[str] = []
        self.where = where

    def left(self) -> tuple[str, ...]:
        """The keys not taken yet."""
        return tuple(self._content)

    def problem(self, key: str, what: str, expected: str) -> DataProblem:
        """The problem with the value of `key`."""
        return DataProblem(f"{key} {what}.", where=self.where, expected=expected)

    def take(self, key: str) -> Any:
        """The value of `key`, None where it is not there."""
        self._known.append(key)
        return self._content.pop(key, None)

    def text(self, key: str) -> str | None:
        """A text."""
        value = self.take(key)
        if value is not None and (not isinstance(value, str) or "\0" in value):
            raise self.problem(key, "is not a text", f'{key} = "…"')
        return value

    def required(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if not value:
            raise self.problem(key, "is missing", f'{key} = "…"')
        return value

    def constant(self, key: str) -> str | None:
        """A text, number or date, as text."""
        return as_text(self.take(key), self, key)

    def flag(self, key: str) -> bool:
        """True or false; false where it is not there."""
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            raise self.problem(key, "is neither true nor false", f"{key} = true")
        return bool(value)

    def whole(self, key: str) -> int | None:
        """A whole number."""
        value = self.take(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.problem(key, "is not a whole number", f"{key} = 2")
        return value

    def choice(self, key: str, choices: Sequence[str]) -> str | None:
        """One of a few texts."""
        value = self.text(key)
        if value is not None and value not in choices:
            raise self.problem(key, f"is {quoted(value)}", "one of " + ", ".join(choices) + hint(value, choices))
        return value

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts, or one."""
        value = self.take(key)
        if value is None:
            return None
        values = value if isinstance(value, list) else [value]
        return tuple(as_text(each, self, key) or "" for each in values)

    def moment(self, key: str) -> date | datetime | None:
        """A date or a moment."""
        value = self.take(key)
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value) if len(value) > len("2026-03-31") else date.fromisoformat(value)
            except ValueError:
                raise self.problem(key, f"is {quoted(value)}", f"{key} = 2026-03-31") from None
        if value is not None and not isinstance(value, date):
            raise self.problem(key, "is not a date", f"{key} = 2026-03-31")
        return value

    def table(self, key: str) -> dict[str, Any]:
        """A table, empty where it is not there."""
        value = self.take(key)
        if value is not None and not isinstance(value, dict):
            raise self.problem(key, "is not a table", f"[{key}] with keys below it, or {{ … }}")
        return value or {}

    def tables(self, key: str) -> list["Section"]:
        """A list of tables."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.problem(key, "is not a list of tables", f"[[{key}]]")
        return [Section(each, f"{self.where}, {key} {number}") for number, each in enumerate(value, 1)]

    def done(self) -> None:
        """Refuse what is left."""
        for key in self._content:
            raise DataProblem(
                f"There is no {quoted(key)} here{hint(key, self._known)}.",
                where=self.where,
                expected="one of " + ", ".join(self._known),
                remedy="Mend it or take it out.",
            )


def as_text(value: Any, section: Section, key: str) -> str | None:
    """A TOML value as the text that a file would hold; tables, lists and truth values have none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | date) or "\0" in str(value):
        raise section.problem(key, "is not a text", "texts in quotes, numbers or dates")
    return value.isoformat() if isinstance(value, date) else str(value)


def hint(word: str, known: Sequence[str] | Mapping[str, Any], cutoff: float = 0.6) -> str:
    """`; did you mean …?` for the nearest known word, or nothing."""
    near = nearest(word, known, cutoff)
    return "" if near is None else f"; did you mean {quoted(near)}?"


def nearest(word: str, known: Sequence[str] | Mapping[str, Any], cutoff: float = 0.6) -> str | None:
    """The known word that is most like `word`; None where none is like it."""
    folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=cutoff)
    return folded[near[0]] if near else None
