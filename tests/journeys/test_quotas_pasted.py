"""Tables pasted into the quota sheet at 80×24: figures, figures beside names, and what is refused with what to do."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from salestui.model.values.amount import Amount
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.journeys.test_quotas_planned import PERSON, amount, go_to, planning, screen_of
from tests.tui.driving import press, text_of, type_in

NAME, OTHER = "Seat", "Ignatius Bello"


def words(app: Shell) -> str:
    """The screen as one line."""
    return " ".join(text_of(app).split())


async def paste_at(app: Shell, pilot: Pilot[None], column: str, text: str) -> None:
    """Paste a text at somebody's month, or at the name."""
    go_to(app, PERSON, column)
    await type_in(pilot, text)


async def test_figures_beside_names_are_pasted_at_a_name_as_they_were_copied(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"77k", "enter")
        go_to(app, PERSON, NAME)
        await press(pilot, "V", "down", "y", "escape")
        copied = app.copied
        assert copied.splitlines()[0].startswith("Seat\tFY2025\tJan\t")
        assert len(copied.splitlines()) == 3
        await press(pilot, "u")
        assert app.unsaved == 0
        await press(pilot, "c")
        go_to(app, PERSON, NAME)
        await press(pilot, "V", "down", "y", "escape", "c")
        go_to(app, PERSON, NAME)
        await type_in(pilot, copied)
        assert amount(app, PERSON, "Jan") == Amount(77_000)
        assert app.unsaved == 1
        titled = f"Seat\tQ1\tDec\n{PERSON}\t300k\t41k\n{OTHER.upper()}\t\t42k\n"
        await paste_at(app, pilot, NAME, titled)
        assert amount(app, PERSON, "Q1") == Amount(300_000)
        assert [amount(app, name, "Dec") for name in (PERSON, OTHER)] == [Amount(41_000), Amount(42_000)]
        assert amount(app, OTHER, "Q1") is None


@pytest.mark.parametrize("back", [("p",), ("escape", "ctrl+home", "p"), ("escape", "ctrl+home", "home", "right", "p")])
async def test_the_whole_sheet_goes_to_a_spreadsheet_and_comes_back_as_one_step(
    demo_path: Path, back: tuple[str, ...]
) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B", "ctrl+a", "y")
        copied = app.copied
        lines = [line.split("\t") for line in copied.splitlines()]
        assert lines[0][:4] == ["Seat", "FY2025", "Jan", "Feb"]
        row = next(number for number, line in enumerate(lines) if line[0] == PERSON)
        model = screen_of(app)._model
        assert model is not None
        teams = {node.label for node in model.sheet.nodes if node.team}
        more = Amount.parse(lines[row][2]) + Amount(100)
        for line in lines[1:]:
            if line[0] == PERSON:
                line[2] = str(more)
        app.copied = "\n".join("\t".join(line) for line in lines)
        await press(pilot, *back)
        assert f"{PERSON} Q1: " in words(app)
        assert f"(row {row + 1}, column 6 of what you paste)" in words(app)
        assert app.unsaved == 0
        for line in lines[1:]:
            line[1] = line[5] = ""
            line[2] = "" if line[0] in teams else line[2]
        app.copied = "\n".join("\t".join(line) for line in lines)
        await press(pilot, "p")
        assert amount(app, PERSON, "Jan") == more
        assert app.unsaved == 1
        await press(pilot, "u")
        assert app.unsaved == 0
        app.copied = copied
        await press(pilot, "p")
        assert app.unsaved == 0
        assert "make" not in words(app)


async def test_a_title_that_stands_nowhere_here_is_refused(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        await paste_at(app, pilot, "Jan", f"Seat\tJan\tNotes\tFeb\n{PERSON}\t5\tnew\t6\n")
        assert "“Notes” above column 3 of what you paste is no column here" in words(app)
        await paste_at(app, pilot, "Mar", f"Seat\tFeb\tJan\n{PERSON}\t6k\t5k\n")
        assert [amount(app, PERSON, month) for month in ("Jan", "Feb")] == [Amount(5_000), Amount(6_000)]


async def test_a_table_copied_with_the_targets_in_it_leaves_them_out(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B", "c")
        go_to(app, PERSON, NAME)
        await press(pilot, "V", "y", "escape")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"77k", "enter")
        before = amount(app, PERSON, "Feb")
        go_to(app, PERSON, NAME)
        await press(pilot, "p")
        assert amount(app, PERSON, "Feb") == before
        assert app.unsaved == 0


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        (NAME, "19,923", f"“19,923” is not {PERSON}, whose row this is"),
        (NAME, f"{OTHER}\t5\n", f"“{OTHER}” is not {PERSON}, whose row this is"),
        (NAME, PERSON, "There are no figures in what you paste"),
        ("Jan", "€5", "“€5” is not in USD"),
        ("Jan", "1\n2\nabc", "Jan: “abc” is no amount"),
    ],
)
async def test_what_does_not_belong_there_is_refused_with_the_place(
    demo_path: Path, column: str, text: str, told: str
) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        await paste_at(app, pilot, column, text)
        assert told in words(app)
        assert app.unsaved == 0


async def test_money_is_pasted_as_spreadsheets_write_it(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        await paste_at(app, pilot, "Jan", "$100,000\t100 000\tUSD 90,000.50\t\t($5)")
        assert screen_of(app).asking, "a quota below zero is asked about"
        await press(pilot, "y", "enter")
        months = ("Jan", "Feb", "Mar")
        assert [amount(app, PERSON, month) for month in months] == [
            Amount(100_000),
            Amount(100_000),
            Amount("90000.5"),
        ]


@pytest.mark.parametrize(("text", "stands"), [("$120,000", 120_000), ("120 000", 120_000), ("USD 90,000", 90_000)])
async def test_money_is_typed_as_spreadsheets_write_it(demo_path: Path, text: str, stands: int) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, "enter", "ctrl+u")
        await type_in(pilot, text)
        await press(pilot, "enter")
        assert amount(app, PERSON, "Jan") == Amount(stands)


@pytest.mark.parametrize(("year", "told"), [("FY2024", "B begins"), ("FY2030", "There is no plan for this year yet")])
async def test_nothing_is_pasted_or_filled_where_nothing_can_be_typed(demo_path: Path, year: str, told: str) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, ":", *f"period {year}", "enter")
        grid = app.screen.query_one(Grid)
        await press(pilot, "down", "right", "right", "right")
        for act in ("paste", "D"):
            await (type_in(pilot, "5\t6") if act == "paste" else press(pilot, act))
            assert told in words(app)
            assert "•" not in text_of(app)
        assert grid.cursor is not None
        assert app.unsaved == 0
