"""Opening the app: what is loaded for it, and what the environment cannot make it do."""

import subprocess
import sys

import pytest

from tests.support.startup import HEAVY, TERMINAL, modules_imported

LATER = {
    "salestui.tui.choosing",
    "salestui.tui.commands",
    "salestui.tui.menu",
    "salestui.tui.screens.overview",
    "salestui.tui.screens.palette",
    "salestui.tui.screens.picker",
    "salestui.tui.widgets.choices",
}
OVERHEARD = """
import os
for name, value in {"DRIVER": "os:system", "LOG": "log", "SCREENSHOT": "1", "PRESS": "q"}.items():
    os.environ["TEXTUAL_" + name] = value
from salestui.tui.app import _forget_textuals_environment
_forget_textuals_environment()
from textual import constants as known
print(known.DRIVER, known.LOG_FILE, known.SCREENSHOT_DELAY, repr(known.PRESS))
"""


def test_the_entry_loads_no_terminal_library_before_it_has_to() -> None:
    assert not modules_imported("salestui.tui.app").any_of(TERMINAL | HEAVY)


def test_the_shell_loads_no_heavy_library_and_nothing_that_can_wait() -> None:
    loaded = modules_imported("salestui.tui.shell")
    assert not loaded.any_of(HEAVY)
    assert not loaded.any_of(frozenset(LATER))


@pytest.mark.parametrize("module", sorted(LATER))
def test_what_can_wait_loads_no_heavy_library_either(module: str) -> None:
    assert not modules_imported(module).any_of(HEAVY)


def test_the_environment_cannot_have_textual_load_write_or_press_anything() -> None:
    done = subprocess.run([sys.executable, "-c", OVERHEARD], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["None", "None", "-1", "''"]
