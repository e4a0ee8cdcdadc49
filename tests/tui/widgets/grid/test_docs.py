"""The examples that show how a table is made work as they stand."""

from collections.abc import Sequence
from decimal import Decimal
from textwrap import dedent
from typing import Any

from textual.events import Paste

from salestui.model.values.amount import Amount
from salestui.model.values.entry import entered
from salestui.model.values.errors import DataProblem
from salestui.model.values.show import money
from salestui.tui.widgets.grid import model
from salestui.tui.widgets.grid.messages import Copied, Refused
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.widgets.grid.deals import GridApp, shown

NEEDED = (Sequence, Decimal, Amount, entered, DataProblem, money, Grid, model.GridModel, model.Column, model.Cell)


def examples() -> dict[str, Any]:
    """What the indented parts of the module's docstring define; `grid` is what the last line yields."""
    lines = (model.__doc__ or "").splitlines()
    code = dedent("\n".join(line for line in lines if not line or line.startswith("    ")))
    defined: dict[str, Any] = {thing.__name__: thing for thing in NEEDED}
    exec(code.replace("\nyield ", "\ngrid = lambda: "), defined)  # noqa: S102 the project's own docstring
    return defined


async def test_the_example_of_a_table_to_read_is_one() -> None:
    app = GridApp(examples()["Squares"]())
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.press("G", "up")
        assert shown(app.grid)[-1].split() == ["99999", "│9,999,800,001"]
        assert app.grid.cursor == ("99998", "n")


async def test_the_example_of_a_table_to_type_into_is_one() -> None:
    app = GridApp(model.GridModel.__new__(examples()["Squares"]), lambda _: examples()["grid"]())
    async with app.run_test(size=(60, 6)) as pilot:
        await pilot.press("right", *"+5%", "enter")
        assert [line.split() for line in shown(app.grid)[1:3]] == [
            ["Ruiz,", "Ana", "│", "126k•"],
            ["Chen,", "Bo", "│", "–"],
        ]
        await pilot.press(*"1x", "enter", "escape", "shift+up")
        assert shown(app.grid)[-1].split() == [
            "1",
            "of",
            "2",
            "cells",
            "Σ",
            "126,000",
            "avg",
            "126,000",
            "1",
            "unsaved",
        ]
        app.post_message(Paste("130000\n90k"))
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert [event.text for event in app.said if isinstance(event, Copied)] == ["130000\n90000"]
        await pilot.press("escape", "delete")
        app.post_message(Paste("1\n2\n3"))
        await pilot.pause()
        told = [str(event.problem) for event in app.said if isinstance(event, Refused)]
        assert told[0].startswith("“1x” is no amount.")
        assert told[1] == "This does not fit. Expected one column of targets, pasted at a target."
        assert [line.split()[-1] for line in shown(app.grid)[1:3]] == ["–•", "90k•"]
