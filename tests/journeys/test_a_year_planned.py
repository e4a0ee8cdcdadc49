"""A year planned by keyboard alone at 80×24, for a company of thirty, from last year's sales plus 12%: two people
locked, one figure handed in from below, one new hire on a ramp, one vacant seat, then approved and published.

Every key is counted, and written down beside what the same takes in a spreadsheet; see `IN_A_SPREADSHEET`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from textual.pilot import Pilot

from salestui.metrics.checking import check
from salestui.metrics.kpis import read_basis, read_kpis
from salestui.metrics.reader import AS_IT_WAS, COMPANY, Lens
from salestui.model.values.amount import Amount
from salestui.planning.quotas.standing import read_plan
from salestui.store.company import read_company
from salestui.store.database import Database
from salestui.store.quick import open_reader
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.core import DatabaseCore
from salestui.tui.screens.modes import MODES
from salestui.tui.shell import Shell
from tests.journeys.test_quotas_planned import amount, screen_of
from tests.support import reporting
from tests.support.checkout import ROOT
from tests.tui.driving import press, settle, text_of

EVE = date(2024, 12, 31)
COMPANY_ROW = "Tarnwick Sales"
HANDED_IN = Amount(1_100_000)
VACANT = Amount(900_000)

KEYS = 238
"""So many keys it takes, as the README says."""

IN_A_SPREADSHEET = (
    ("the year from last year's sales, plus 12%", "look up 31 × 12 sums of last year, fill one formula: about 60"),
    ("two people locked", "paste values over two rows, so that nothing moves them: about 30"),
    ("one figure from below", "type it, spread it over twelve months by a formula: about 45"),
    ("a new hire on a ramp", "twelve months × the ramp's shares in rows of their own: about 70"),
    ("a vacant seat with a quota", "a row, its formula, the team's sum mended: about 40"),
    (
        "the rest spread again to the target",
        "a scaling factor for all but the fixed rows, checked: about 120",
    ),
    ("saved, submitted, approved, published", "a copy, a mail, an answer, a mail to everybody: about 400"),
)


class Typist:
    """Somebody at the keyboard, who counts."""

    def __init__(self, app: Shell, pilot: Pilot[None]) -> None:
        self.app, self._pilot = app, pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        self.keys += len(keys)
        await press(self._pilot, *keys)

    async def type(self, text: str) -> None:
        """Type a text, character by character."""
        self.keys += len(text)
        await press(self._pilot, *(_NAMED.get(character, character) for character in text))

    async def answer(self, text: str, *, instead: bool = False) -> None:
        """Answer a question: type it, in place of what is proposed there if so wished, then Enter."""
        if instead:
            await self.press("ctrl+u")
        await self.type(text)
        await self.press("enter")

    async def find(self, name: str) -> None:
        """Go to somebody's row."""
        await self.press("/")
        await self.answer(name)

    def since(self, before: int) -> int:
        """How many keys were pressed since."""
        return self.keys - before


_NAMED = {
    " ": "space",
    ".": "full_stop",
    "*": "asterisk",
    "=": "equals_sign",
    ":": "colon",
    "-": "minus",
    "%": "percent_sign",
}


@asynccontextmanager
async def on_the_eve(path: Path) -> AsyncIterator[Typist]:
    """The app on the last day of the year before."""
    core = DatabaseCore(Database("sqlite", str(path)), as_of=EVE, actor="Kim")
    company, _, view = core.first_view(None, None)
    app = Shell(core, company, view, modes=MODES, registry=REGISTRY, theme=None, state_folder=str(path.parent))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        yield Typist(app, pilot)


async def test_a_year_is_planned_from_last_year_s_sales_approved_and_published(demo_path: Path) -> None:
    keys: list[int] = []
    async with on_the_eve(demo_path) as kim:
        app = kim.app
        await kim.press(":")
        await kim.answer("period FY2025")
        await kim.press("g", "q", "B", "right", "a")
        await kim.type("la")
        await kim.press("enter")
        await kim.answer("=ly*1.12", instead=True)
        target = amount(app, COMPANY_ROW, "FY2025")
        model = screen_of(app)._model
        assert model is not None
        booked = model.last_year.value(0, 0)
        assert booked is not None
        assert target == booked.scaled(Decimal("1.12"), step=Amount(1))
        await kim.press("w")
        keys.append(kim.keys)

        before = kim.keys
        locked = {}
        for name in ("zuzana", "hollis"):
            await kim.find(name)
            await kim.press("L")
            await kim.answer("agreed")
            locked[name] = [amount(app, label(app, name), column) for column in ("FY2025", "Jan", "Q4")]
        keys.append(kim.since(before))

        before = kim.keys
        await kim.find("barnaby")
        await kim.press("H", "down", "enter")
        await kim.answer("1.1m", instead=True)
        await kim.answer("my patch is new")
        assert amount(app, label(app, "barnaby"), "FY2025") == HANDED_IN
        keys.append(kim.since(before))

        await kim.press("ctrl+p")
        await kim.answer("ottilie")
        await kim.press("r")
        await kim.answer("0 25 50 75")
        await kim.press("enter")
        assert "follows the ramp 0 25 50 75 from 2025-01-06 on." in text_of(app)
        await kim.press("escape")
        keys.append(kim.since(before))

        before = kim.keys
        await kim.press("g", "o", "a")
        await kim.answer("Hunter")
        await kim.answer("West")
        await kim.press("enter", "enter")
        assert "Hunter is there from 2025-01-01 on, vacant." in text_of(app)
        await kim.press("g", "q")
        await kim.find("hunter")
        await kim.answer("900k")
        assert amount(app, label(app, "hunter"), "FY2025") == VACANT
        await kim.press("w")
        keys.append(kim.since(before))

        before = kim.keys
        assert amount(app, COMPANY_ROW, "FY2025") != target
        await kim.press("g", "g", "a")
        await kim.type("la")
        await kim.press("enter")
        await kim.answer("=ly*1.12", instead=True)
        assert amount(app, COMPANY_ROW, "FY2025") == target
        assert amount(app, label(app, "barnaby"), "FY2025") == HANDED_IN
        for name, stood in locked.items():
            assert [amount(app, label(app, name), column) for column in ("FY2025", "Jan", "Q4")] == stood
        await kim.press("w")
        keys.append(kim.since(before))

        before = kim.keys
        await kim.press("g", "v", "a")
        await kim.answer("from last year plus 12%")
        for _ in range(2):
            await kim.press("a", "enter")
        assert "FY2025 v2 is published: it counts from now on." in text_of(app)
        keys.append(kim.since(before))
    database = Database("sqlite", str(demo_path))
    with open_reader(database) as reader:
        plan = read_plan(reader, 2025)
        assert plan is not None
        assert (plan.label, plan.state) == ("FY2025 v2", "published")
        company = read_company(reader)
        year = company.calendar.parse("FY2025", EVE)
        lens = Lens(company.calendar, AS_IT_WAS, date(2025, 11, 20))
        basis = read_basis(reader, lens, year, {})
        (attainment,) = read_kpis(reader, lens, COMPANY, year, basis, ("attainment",))
        assert attainment.base_quota == target.decimal
    assert check(database).sound
    assert sum(keys) == KEYS
    assert f"takes {KEYS} keys" in (ROOT / "README.md").read_text("utf-8")
    rows = [(what, str(count), sheet) for (what, sheet), count in zip(IN_A_SPREADSHEET, keys, strict=True)]
    rows.append(("in all", str(sum(keys)), "about 765"))
    reporting.keep("A year planned: keys pressed here, and in a spreadsheet", [("", "keys", "spreadsheet"), *rows])


def label(app: Shell, part: str) -> str:
    """The row whose name has this in it."""
    model = screen_of(app)._model
    assert model is not None
    return next(node.label for node in model.sheet.nodes if part in node.label.casefold())
