"""The user's own keys."""

from pathlib import Path

import pytest

from salestui.model.values.errors import UsageProblem
from salestui.tui import keymap
from salestui.tui.actions.registry import REGISTRY, Registry


def load(folder: Path, text: str) -> Registry:
    """What a keymap file with this text makes of the registry."""
    (folder / keymap.FILE).write_text(text, "utf-8")
    return keymap.load(str(folder), REGISTRY)


def test_without_a_file_the_keys_are_the_usual_ones(tmp_path: Path) -> None:
    assert keymap.load(str(tmp_path), REGISTRY).keymap() == {}


@pytest.mark.parametrize(
    "text", ['general.quit = "ctrl+x"', '[general]\nquit = "ctrl+x"', '"general.quit" = ["ctrl+x"]']
)
def test_an_action_is_named_as_a_dotted_name_or_in_a_table(tmp_path: Path, text: str) -> None:
    found = load(tmp_path, text)
    assert found.keys(found["general.quit"]) == ("ctrl+x",)
    assert found.keymap() == {"general.quit": "ctrl+x"}


def test_an_action_may_have_several_keys(tmp_path: Path) -> None:
    found = load(tmp_path, 'general.help = ["?", "f3", ","]\ngrid.range_more = "f12"')
    assert found.keymap() == {"general.help": "?,f3,comma", "grid.range_more": "f12"}
    assert found.keys_shown(found["general.help"]) == "? F3 ,"


def test_a_key_taken_from_one_action_may_go_to_another(tmp_path: Path) -> None:
    found = load(tmp_path, '[general]\nquit = "u"\nundo = "q"')
    assert found.keys(found["general.quit"]) == ("u",)


def test_a_numbered_action_takes_a_key_for_each_number(tmp_path: Path) -> None:
    found = load(tmp_path, 'today.need = ["f3", "f4", "f6", "f7", "f8", "f9", "f11", "f10"]')
    assert found.keymap()["today.need.8"] == "f10"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('general.qit = "x"', "There is no action “general.qit”. Expected one such as general.quit"),
        ('general.quit = "u"', "The key u is on both general.undo (Undo) and general.quit (Quit)"),
        ('general.quit = "g"', "The key g is on both"),
        ('general.quit = "shift+x"', "“shift+x”, given to general.quit, is not a key"),
        ('general.quit = "ctrl"', "“ctrl”, given to general.quit, is not a key"),
        ('general.quit = ""', "“”, given to general.quit, is not a key"),
        ("general.quit = []", "general.quit has no key"),
        ("general.quit = 3", "general.quit has no key"),
        ('today.need = "x"', "today.need has 1 keys. Expected 8"),
        ("general = = 3", "is not valid TOML"),
    ],
)
def test_a_bad_keymap_is_told_with_what_and_where(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        load(tmp_path, text)
    assert told in str(caught.value)
    assert str(tmp_path / keymap.FILE) in str(caught.value)


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / keymap.FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageProblem, match="not valid TOML"):
        keymap.load(str(tmp_path), REGISTRY)


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / keymap.FILE).mkdir()
    with pytest.raises(UsageProblem, match="cannot be read"):
        keymap.load(str(tmp_path), REGISTRY)
