"""`salestui config`: each setting, its value and where it comes from; never a password."""

import json
from pathlib import Path

import pytest

from salestui.store.settings import KNOWN, config_folder
from tests.cli.support import Shell


def told(output: str) -> dict[str, list[str]]:
    """What the page says of each setting: its value, where it comes from, and the rest."""
    return {line.split()[0]: line.split()[1:] for line in output.splitlines()[1:]}


def write(text: str) -> Path:
    """The settings file, with this in it."""
    path = Path(config_folder()) / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_every_setting_is_told_with_its_origin(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write('scope = "North"\n')
    monkeypatch.setenv("SALESTUI_THEME", "light")
    ended = shell("config", "show", "--as-of", "2026-03-31")
    assert (ended.code, ended.words) == (0, "")
    found = told(ended.output)
    assert set(found) == {known.key for known in KNOWN}
    assert found["scope"][:2] == ["North", str(path)]
    assert found["theme"][:2] == ["light", "SALESTUI_THEME"]
    assert found["as_of"][:2] == ["2026-03-31", "option"]
    assert found["period"][:2] == ["–", "default"]
    assert found["db"][0].endswith("salestui.db")
    assert ended.output == shell("config", "--as-of", "2026-03-31").output


def test_json_says_the_same_and_no_password(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write('scope = "North"\n')
    monkeypatch.setenv("SALESTUI_DB", "postgresql://kim:s3cret@host/sales")
    ended = shell("config", "show", "--json", "--as-of", "2026-03-31")
    assert (ended.code, ended.words) == (0, "")
    found = json.loads(ended.output)
    assert list(found) == [known.key for known in KNOWN]
    assert found["scope"] == {"value": "North", "from": str(path), "meaning": KNOWN[3].meaning}
    assert found["as_of"]["from"] == "option"
    assert found["period"]["value"] is None
    assert found["db"]["value"] == "postgresql://kim:***@host/sales"
    assert json.loads(shell("config", "path", "--json").output) == {"path": str(path)}


@pytest.mark.parametrize("place", ["file", "environment", "option"])
def test_a_password_is_masked_wherever_it_comes_from(shell: Shell, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://kim:s3cret@host/sales"
    if place == "file":
        write(f'db = "{url}"\n')
    elif place == "environment":
        monkeypatch.setenv("SALESTUI_DB", url)
    ended = shell("config", "show", *(["--db", url] if place == "option" else []))
    assert "s3cret" not in ended.output + ended.words
    assert told(ended.output)["db"][0] == "postgresql://kim:***@host/sales"


def test_what_stands_in_a_setting_cannot_act_on_the_terminal(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESTUI_SCOPE", "\x1b]0;owned\x07[red]\u202e")
    output = shell("config").output
    assert not set(output) & set("\x1b\x07\u202e")
    assert "[red]" in output


def test_the_path_of_the_file_is_printed_whether_or_not_it_is_there(shell: Shell) -> None:
    ended = shell("config", "path")
    assert (ended.code, ended.output, ended.words) == (0, f"{config_folder()}/config.toml\n", "")


def test_a_mistake_in_the_file_is_a_usage_problem_for_every_command(shell: Shell) -> None:
    path = write('colour = "red"\n')
    for argv in (["config"], ["history"], ["db", "check"], ["kpi"]):
        ended = shell(*argv)
        assert (ended.code, ended.output) == (2, "")
        assert str(path) in ended.words
        assert "no setting 'colour'" in ended.words


def test_an_action_that_is_none_is_a_usage_problem(shell: Shell) -> None:
    assert shell("config", "edit").code == 2
