"""Running commands as the shell does: what they print, what they say beside, and how they end."""

from typing import NamedTuple

import pytest

from salestui.cli.main import run


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    output: str
    words: str


class Shell:
    """Runs commands in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *argv: object) -> Ended:
        """Run `salestui` with these arguments."""
        self._capsys.readouterr()
        try:
            code = run([str(word) for word in argv])
        except SystemExit as left:
            code = int(left.code or 0)
        return Ended(code, *self._capsys.readouterr())
