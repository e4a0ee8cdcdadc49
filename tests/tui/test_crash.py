"""A fault in the program is told shortly, and written down for its user alone."""

import stat
from pathlib import Path

import pytest

from salestui.tui import crash
from salestui.tui.shell import Shell
from tests.tui.driving import press, settle, text_of
from tests.tui.fake_core import FakeCore, shell


def faulty(salary: str) -> None:
    """Break with something in a variable that nobody is to see."""
    secret = f"salary {salary}"
    raise KeyError(len(secret))


def a_fault() -> BaseException:
    """A fault with its traceback."""
    with pytest.raises(KeyError) as caught:
        faulty("123456")
    return caught.value


def test_the_log_is_its_user_s_alone_and_has_no_variables(tmp_path: Path) -> None:
    path = Path(crash.record(a_fault(), str(tmp_path / "state")))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "faulty" in path.read_text()
    assert "salary 123456" not in path.read_text()


def test_a_log_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / crash.FILE).touch(0o644)
    path = Path(crash.record(a_fault(), str(tmp_path)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    (tmp_path / crash.FILE).symlink_to(tmp_path / "other")
    assert crash.record(a_fault(), str(tmp_path)) == ""
    assert not (tmp_path / "other").read_text()


def test_a_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    (tmp_path / crash.FILE).write_text("x" * 2_000_000)
    path = Path(crash.record(a_fault(), str(tmp_path)))
    assert path.stat().st_size < 10_000


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert crash.record(a_fault(), str(tmp_path / "file")) == ""
    assert "could not be written down" in crash.told("", fatal=True)


async def test_a_fault_in_reading_is_told_on_the_screen_and_the_app_goes_on(tmp_path: Path) -> None:
    core = FakeCore()
    core.fault = RuntimeError("boom")
    app = shell(core, state_folder=str(tmp_path))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause(0.2)
        assert "This could not be shown because of a fault in the program" in text_of(app)
        core.fault = None
        await press(pilot, "f5")
        assert "96 months" in text_of(app)
    assert "builtins.RuntimeError" in (tmp_path / crash.FILE).read_text()
    assert "boom" not in (tmp_path / crash.FILE).read_text()


async def ask_for_help(app: Shell) -> None:
    """Open the app and press the key for help."""
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("?")
        await pilot.pause()


async def test_a_fault_in_the_app_ends_it_with_a_short_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = shell(state_folder=str(tmp_path))
    monkeypatch.setattr(app, "action_help", lambda: faulty("123456"))
    with pytest.raises(KeyError):
        await ask_for_help(app)
    said = capsys.readouterr().err
    assert "salestui has stopped because of a fault in the program" in said
    assert "Traceback" not in said
    assert "123456" not in said
    assert "faulty" in (tmp_path / crash.FILE).read_text()
    assert app.return_code == 1
