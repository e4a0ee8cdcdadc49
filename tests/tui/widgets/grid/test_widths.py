"""How wide columns of numbers are: as wide as what is in view needs, and never cutting a number."""

from salestui.tui.widgets.grid.list_model import Field, ListModel
from tests.tui.widgets.grid.deals import GridApp, shown

SMALL = (40, 12)


async def test_a_column_grows_for_a_number_that_needs_more_than_its_width() -> None:
    fields = [Field[int]("n", "N", kind="number", value=lambda n: 10**n, width=4)]
    app = GridApp(ListModel([3, 12], fields, key=str, empty=""))
    async with app.run_test(size=SMALL):
        assert shown(app.grid)[1:3] == ["          1000", " 1000000000000"]


async def test_one_odd_number_widens_its_column_only_while_it_is_in_view() -> None:
    fields = [
        Field[int]("n", "N", kind="number", frozen=True, value=int),
        Field[int]("m", "M", kind="number", value=lambda n: 1_234_567_890 if n == 1 else 1000 if n > 30 else 100),
        Field[int]("end", "End", value=lambda _: "end"),
    ]
    app = GridApp(ListModel(range(60), fields, key=str, empty=""))
    async with app.run_test(size=SMALL) as pilot:
        wide = shown(app.grid)[1].index("end")
        assert "1234567890" in shown(app.grid)[2]
        await pilot.press("pagedown")
        narrow = shown(app.grid)[1].index("end")
        assert narrow < wide
        await pilot.press("pageup")
        assert shown(app.grid)[1].index("end") == wide
        await pilot.press("G")
        one_more = shown(app.grid)[1].index("end")
        assert one_more == narrow + 1
        await pilot.press(*["pageup"] * 3)
        assert "1000" not in " ".join(shown(app.grid))
        assert shown(app.grid)[1].index("end") == one_more


async def test_a_small_number_stays_readable_beside_one_too_wide_for_the_screen() -> None:
    fields = [Field[int]("n", "N", kind="number", value=lambda n: 10**n)]
    app = GridApp(ListModel([3, 80], fields, key=str, empty=""))
    async with app.run_test(size=SMALL):
        assert [line.strip() for line in shown(app.grid)[1:3]] == ["1000", "#" * 37]
