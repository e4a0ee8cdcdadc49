"""Beginning a version of a year's quotas: from its latest one, or the year's first from what is chosen."""

import asyncio
from typing import TypeVar

from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.picker import Picker
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.widgets.choices import Choice

T = TypeVar("T")
_BEFORE, _NOTHING = "before", "nothing"


async def begin_version(screen: BaseScreen[T], fiscal_year: int, *, is_first: bool) -> None:
    """Begin a draft; where it is the year's first and the year before has quotas in force, after asking with what."""
    source = source_of(screen, QuotasSource)
    before = await asyncio.to_thread(source.in_force, fiscal_year - 1) if is_first else None
    if before is None:
        screen.shell.change(lambda: source.begin_quotas(fiscal_year), "quotas")
        return

    def chosen(value: str | None) -> None:
        if value is not None:
            like = before if value == _BEFORE else None
            screen.shell.change(lambda: source.begin_quotas(fiscal_year, like), "quotas")

    choices = [
        Choice(_BEFORE, f"the quotas of {before.label}", "month by month, of the seats there are then"),
        Choice(_NOTHING, "nothing", "no quota anywhere yet"),
    ]
    screen.app.push_screen(Picker(f"Begin the quotas of FY{fiscal_year} with what?", choices), chosen)
