"""Problems: what the program answers to bad input instead of a traceback."""

from typing import ClassVar


class Problem(Exception):
    """Bad input, told so that it can be put right: what is wrong, where, what was expected, what to do.

    `where` names a place (file, row, column), `expected` continues "Expected …", `remedy` is a sentence of its own.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, what: str, *, where: str = "", expected: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.expected = expected
        self.remedy = remedy

    def __str__(self) -> str:
        told = f"{self.where}: {self.what}" if self.where else self.what
        parts = (told, f"Expected {self.expected}" if self.expected else "", self.remedy)
        return " ".join(_sentence(part) for part in parts if part)


class UsageProblem(Problem):
    """The command line, a period or another thing the user typed cannot be understood."""

    exit_code = 2


class DataProblem(Problem):
    """A file or a record holds something that cannot be taken."""

    exit_code = 3


class DatabaseProblem(Problem):
    """The database cannot be opened, read or written."""

    exit_code = 4


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else text + "."
