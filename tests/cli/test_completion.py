"""`salestui completion`: scripts that shells accept, and that complete what there is."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.support import Shell

COMPLETE = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
$(complete -p salestui | sed 's/.*-F \\([^ ]*\\).*/\\1/') salestui "${COMP_WORDS[COMP_CWORD]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def script(shell: Shell, tmp_path: Path) -> Path:
    """The script for bash."""
    ended = shell("completion", "bash")
    assert ended.code == 0
    assert "bashrc" in ended.words
    path = tmp_path / "complete.bash"
    path.write_text(ended.output)
    return path


def completed(script: Path, *words: str, folder: Path | None = None) -> set[str]:
    """What bash offers for the last of the words."""
    command = ["bash", "--norc", "-c", COMPLETE, "bash", str(script), "salestui", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    return {line.strip() for line in done.stdout.splitlines() if line.strip()}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["hi"], {"history"}),
        (["db", "ch"], {"check"}),
        (["db", "check", "--re"], {"--repair"}),
        (["history", "un"], {"undo"}),
        (["config", "pa"], {"path"}),
        (["history", "--js"], {"--json"}),
    ],
)
def test_bash_completes_commands_actions_and_options(script: Path, words: list[str], offered: set[str]) -> None:
    assert completed(script, *words) == offered


def test_bash_completes_files_where_a_path_is_wanted(script: Path, tmp_path: Path) -> None:
    (tmp_path / "zebra.backup").touch()
    assert "zebra.backup" in completed(script, "db", "restore", "zeb", folder=tmp_path)


@pytest.mark.parametrize("name", ["bash", "zsh", "fish", "tcsh"])
def test_every_script_names_the_commands_and_nothing_else_is_printed(shell: Shell, name: str, tmp_path: Path) -> None:
    ended = shell("completion", name)
    assert ended.code == 0
    assert "history" in ended.output
    assert "To keep it" not in ended.output
    found = shutil.which(name)
    if found is not None:
        (tmp_path / "script").write_text(ended.output)
        subprocess.run([found, "-n", str(tmp_path / "script")], check=True, capture_output=True)


@pytest.mark.parametrize("argv", [[], ["ksh"], ["\x1b[2J"]])
def test_a_shell_that_is_none_is_a_usage_problem(shell: Shell, argv: list[str]) -> None:
    ended = shell("completion", *argv)
    assert (ended.code, ended.output) == (2, "")
    assert "\x1b" not in ended.words
