"""Opening the app: composes it, and decides nothing."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salestui.store.database import Database
    from salestui.tui.navigation import View
    from salestui.tui.ports import CompanyInfo, Core, ScopeChoice
    from salestui.tui.screens.modes import Factory


def start(
    database: "Database",
    *,
    as_of: "date | None",
    actor: str,
    scope: str | None,
    period: str | None,
    theme: str | None,
    mouse: bool,
    config_folder: str,
    state_folder: str,
) -> int:
    """Open the app on a database, looking at `scope` and `period` (the company and this quarter) as of a day."""
    from salestui.tui.core import DatabaseCore

    core = DatabaseCore(database, as_of=as_of, actor=actor)
    company, first_scope, view = core.first_view(scope, period)
    core.read_ahead(view)
    return run(
        core,
        company,
        view,
        config_folder=config_folder,
        state_folder=state_folder,
        theme=theme,
        mouse=mouse,
        first_scope=first_scope,
    )


def run(
    core: "Core",
    company: "CompanyInfo",
    view: "View",
    *,
    config_folder: str,
    state_folder: str,
    theme: str | None = None,
    mouse: bool = True,
    modes: "Mapping[str, Factory] | None" = None,
    first_scope: "ScopeChoice | None" = None,
) -> int:
    """Run the app until the user leaves; answers the exit code. A bad keymap or theme raises a Problem.

    `company` and `view` are what the first screen shows: ask `core.company()` before, so that a missing database is
    told on a plain line. The keymap lies in `config_folder`, the crash log goes into `state_folder`.
    `modes` are the first screens, by mode, where they are not the usual ones. `first_scope` is whose numbers `view`
    shows, so that the header can name it at once.
    """
    _forget_textuals_environment()
    # Textual is imported only now: it reads its environment as it is imported.
    from salestui.tui import keymap
    from salestui.tui.actions.registry import REGISTRY
    from salestui.tui.screens.modes import MODES
    from salestui.tui.shell import Shell

    registry = keymap.load(config_folder, REGISTRY)
    shell = Shell(
        core,
        company,
        view,
        modes=modes or MODES,
        registry=registry,
        theme=theme,
        state_folder=state_folder,
        first_scope=first_scope,
    )
    shell.run(mouse=mouse)
    return shell.return_code or 0


def _forget_textuals_environment() -> None:
    """Drop the variables that have Textual load code, write files or press keys: ways out of a locked account."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
