"""A list is a table: sorted, filtered and folded."""

from datetime import date
from decimal import Decimal
from operator import itemgetter

import pytest

from salestui.model.values.amount import Amount
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.model import Cell, Fold, GridModel, Sorting
from tests.tui.widgets.grid.deals import DEALS, SEATS, Deal, Seat, deals, seats


def keys(model: GridModel) -> str:
    return " ".join(model.row_key(row) for row in range(model.row_count))


def test_a_cell_has_its_text_and_tone() -> None:
    model = deals()
    assert [model.cell(1, column) for column in range(3)] == [
        Cell("Harbour cranes"),
        Cell("Lost", "bad"),
        Cell("95,000"),
    ]


def test_what_is_unknown_is_a_dash() -> None:
    assert deals().cell(2, 2).text == "–"


@pytest.mark.parametrize(
    ("sorting", "order"),
    [
        (Sorting("name"), "c d b a"),
        (Sorting("name", descending=True), "a b d c"),
        (Sorting("amount"), "b a d c"),
        (Sorting("amount", descending=True), "d a b c"),
        (Sorting("stage"), "b a d c"),
        (None, "a b c d"),
    ],
)
def test_rows_are_sorted_by_value_and_the_unknown_comes_last(sorting: Sorting | None, order: str) -> None:
    model = deals()
    model.sort(sorting)
    assert keys(model) == order


def test_a_filter_finds_text_in_any_column_or_in_one() -> None:
    model = deals()
    model.filter("pro")
    assert keys(model) == "a d"
    model.filter("RE")
    assert keys(model) == "c d"
    model.filter("re", "stage")
    assert keys(model) == ""
    assert model.empty == "Nothing has “re”. Esc shows all 4."
    model.filter("")
    assert keys(model) == "a b c d"


def test_sorting_and_filter_stay_when_the_rows_are_replaced() -> None:
    model = deals()
    model.sort(Sorting("name"))
    model.filter("Proposal")
    model.replace([*DEALS, Deal("e", "Aachen line", "Proposal", 5)])
    assert keys(model) == "e d a"


def test_totals_stay_below_whatever_is_sorted_or_filtered() -> None:
    total = Deal("total", "All", "", 1)
    model = ListModel(DEALS, deals_fields(), key=lambda deal: deal.id, empty="", totals=[total])
    model.sort(Sorting("amount", descending=True))
    model.filter("Proposal")
    assert keys(model) == "d a total"
    assert model.cell(2, 0) == Cell("All", "total")


def deals_fields() -> tuple[Field[Deal], ...]:
    return (Field("name", "Deal"), Field("stage", "Stage"), Field("amount", "Amount", kind="number"))


def test_a_copy_has_values_in_full() -> None:
    model = deals()
    assert [model.copy_text(0, 2), model.copy_text(2, 2), model.copy_text(0, 0)] == ["410000", "", "Quartz fleet"]


def test_whole_numbers_and_amounts_add_up_and_nothing_else_does() -> None:
    values = [7, Amount("1.25"), Decimal("0.5"), None, date(2026, 3, 5)]
    fields = [Field[tuple[object]]("value", "Value", kind="number", value=itemgetter(0))]
    model = ListModel([(value,) for value in values], fields, key=str, empty="")
    assert [model.number(row, 0) for row in range(5)] == [Decimal(7), Decimal("1.25"), None, None, None]
    assert deals().number(0, 0) is None


def test_dates_are_copied_as_iso_dates() -> None:
    fields = [Field[tuple[str, date]]("due", "Due", kind="date", value=itemgetter(1), show=lambda day: f"{day:%d %b}")]
    model = ListModel([("x", date(2026, 3, 5))], fields, key=itemgetter(0), empty="")
    assert (model.cell(0, 0).text, model.copy_text(0, 0)) == ("05 Mar", "2026-03-05")


def test_a_row_is_found_by_its_key() -> None:
    model = deals()
    model.sort(Sorting("name"))
    assert (model.row_of("b"), model.row_of("nobody")) == (2, None)


def test_a_tree_reads_from_the_top() -> None:
    model = seats()
    assert [model.fold(row) for row in range(6)] == [
        Fold(0, foldable=True),
        Fold(1),
        Fold(1),
        Fold(0, foldable=True),
        Fold(1, foldable=True),
        Fold(2),
    ]


def test_a_folded_row_hides_all_under_it() -> None:
    model = seats()
    model.set_folded(3, True)
    assert keys(model) == "West Ruiz Chen East"
    assert model.fold(3) == Fold(0, foldable=True, folded=True)
    model.set_folded(3, False)
    assert model.row_count == 6


def test_a_tree_is_sorted_within_each_branch() -> None:
    model = seats()
    model.sort(Sorting("quota", descending=True))
    assert keys(model) == "West Chen Ruiz East North-East Okafor"


def test_a_filter_keeps_the_rows_above_what_it_finds_and_unfolds_them() -> None:
    model = seats()
    model.set_folded(3, True)
    model.filter("okafor")
    assert keys(model) == "East North-East Okafor"
    assert model.fold(0) == Fold(0)


def test_a_row_whose_parent_is_missing_stands_at_the_top() -> None:
    model = ListModel(SEATS[1:3], [Field[Seat]("id", "Seat")], key=lambda s: s.id, parent=lambda s: s.above, empty="")
    assert [model.fold(row) for row in range(2)] == [Fold(0), Fold(0)]


def test_rows_in_a_ring_are_all_shown() -> None:
    ring = [Seat("a", "b", 1), Seat("b", "c", 1), Seat("c", "a", 1), Seat("own", "own", 1)]
    model = ListModel(ring, [Field[Seat]("id", "Seat")], key=lambda s: s.id, parent=lambda s: s.above, empty="")
    assert sorted(keys(model).split()) == ["a", "b", "c", "own"]
