"""How any command can end: an exit code for each kind of end, and nobody's data on the screen or in the log."""

from pathlib import Path

import pytest

from salestui.cli import config
from salestui.cli.main import COMMANDS
from salestui.model.values.errors import DatabaseProblem, DataProblem, Problem, UsageProblem
from salestui.store.settings import state_folder
from tests.cli.support import Shell


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (UsageProblem("Not like this."), 2),
        (DataProblem("Not with this."), 3),
        (DatabaseProblem("Not here."), 4),
        (Problem("Not \x1b[2J at \u202eall."), 3),
        (KeyboardInterrupt(), 130),
        (ZeroDivisionError("Ana Ruiz earns 123456"), 70),
    ],
    ids=lambda raised: type(raised).__name__,
)
def test_each_kind_of_end_has_its_exit_code(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int
) -> None:
    def fail(*_: object) -> int:
        raise raised

    monkeypatch.setattr(config, "run", fail)
    ended = shell("config")
    assert (ended.code, ended.output) == (code, "")
    assert ended.words.startswith("salestui: ")
    assert not set(ended.words) & set("\x1b\u202e")
    assert "Ana" not in ended.words
    assert "Traceback" not in ended.words
    log = Path(state_folder()) / "salestui.log"
    assert log.exists() == (code == 70)
    if log.exists():
        assert "Ana" not in log.read_text()
        assert "in fail" in log.read_text()


@pytest.mark.parametrize("argv", [["kip"], ["--scope", "West", "kip"], ["kip", "--json"]], ids=" ".join)
def test_a_command_that_is_none_is_answered_with_the_nearest_one(shell: Shell, argv: list[str]) -> None:
    ended = shell(*argv)
    assert (ended.code, ended.output) == (2, "")
    assert "no command 'kip'" in ended.words
    assert "Did you mean kpi?" in ended.words
    assert all(command in ended.words for command in COMMANDS)


def test_an_option_that_is_none_is_named(shell: Shell) -> None:
    for argv in (["--chek"], ["kpi", "--chek"], ["config", "--chek"]):
        ended = shell(*argv)
        assert (ended.code, ended.output) == (2, "")
        assert "--chek" in ended.words
