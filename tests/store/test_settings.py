"""The user's settings: where they come from, which one holds, and what is told about a mistake in them."""

from pathlib import Path

import platformdirs
import pytest

from salestui.model.values.errors import UsageProblem
from salestui.store import settings
from salestui.store.settings import KNOWN, actor_name, config_folder, data_folder, load, state_folder


def write(text: str) -> Path:
    """The user's settings file, with this in it."""
    path = Path(config_folder()) / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_anything_set_there_are_defaults() -> None:
    found = load({})
    assert found.get("db") == str(Path(data_folder()) / "salestui.db")
    assert {key: value.value for key, value in found.values.items() if key != "db"} == dict.fromkeys(
        {known.key for known in KNOWN} - {"db"}
    )
    assert {value.origin for value in found.values.values()} == {"default"}


def test_an_option_outdoes_the_environment_which_outdoes_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    path = write('scope = "North"\ntheme = "light"\nperiod = "last"\n')
    assert load({}).values["scope"] == ("North", str(path))
    monkeypatch.setenv("SALESTUI_SCOPE", "South")
    monkeypatch.setenv("SALESTUI_THEME", "")
    found = load({"period": "this", "scope": None})
    assert found.values["scope"] == ("South", "SALESTUI_SCOPE")
    assert found.values["theme"] == ("light", str(path))
    assert found.values["period"] == ("this", "option")
    assert load({"scope": "West"}).values["scope"] == ("West", "option")


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.key)
def test_every_setting_can_be_set_everywhere_as_its_example_shows(
    known: settings.Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = known.example.strip('"')
    write(f"{known.key} = {known.example}")
    assert load({}).get(known.key) == wanted
    monkeypatch.setenv(f"SALESTUI_{known.key.upper()}", "other")
    assert load({}).get(known.key) == "other"
    assert load({known.key: "third"}).get(known.key) == "third"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('colour = "red"', r"no setting 'colour'.* Expected one of db, .*Remove it"),
        ("[theme]\nname = 'x'", r"theme is not a text in quotes.* Expected theme = \"light\""),
        ("mouse = true", r"mouse is not a text in quotes"),
        ("as_of = 2026-03-31", r"as_of is not a text in quotes"),
        ("theme = light", r"not valid TOML: .*line 1"),
        ('theme = "light', r"not valid TOML"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_what_to_do(text: str, told: str) -> None:
    path = write(text)
    with pytest.raises(UsageProblem, match=told) as refusal:
        load({})
    assert str(path) in str(refusal.value)


def test_a_file_that_is_not_text_is_told() -> None:
    write("").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageProblem, match="not valid TOML"):
        load({})


def test_a_folder_in_the_files_place_is_told() -> None:
    (Path(config_folder()) / "config.toml").mkdir(parents=True)
    with pytest.raises(UsageProblem, match="cannot be read: Is a directory"):
        load({})


@pytest.mark.parametrize("value", [None, "", "absolute"])
def test_folders_are_where_the_platforms_own_rule_puts_them(
    value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value and str(tmp_path / "xdg"))
    unix = platformdirs.unix.Unix("salestui")
    assert config_folder() == unix.user_config_dir
    assert state_folder() == unix.user_state_dir
    assert data_folder() == unix.user_data_dir


def test_a_relative_folder_is_ignored_as_the_rule_says(isolated_settings: Path) -> None:
    assert config_folder({"XDG_CONFIG_HOME": "here"}) == str(isolated_settings / ".config" / "salestui")


def test_who_acts_is_the_one_named_else_the_systems_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "kim")
    assert actor_name(load({})) == "kim"
    assert actor_name(load({"actor": "Kim Park"})) == "Kim Park"


def test_who_acts_has_a_name_even_where_the_system_knows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert actor_name(load({})).startswith("user")
