"""The code passes its tools: the linter, the formatter and the type checker."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_ruff_finds_nothing(arguments: list[str]) -> None:
    assert not complaints("ruff", *arguments, "--no-cache", ".")


def test_mypy_finds_nothing_in_strict_mode(tmp_path: Path) -> None:
    assert not complaints("mypy", "--cache-dir", str(tmp_path / "cache"), "--no-error-summary")


def complaints(tool: str, *arguments: str) -> str:
    """What a tool says when it is not content; nothing when it is."""
    done = subprocess.run(
        [sys.executable, "-m", tool, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""
