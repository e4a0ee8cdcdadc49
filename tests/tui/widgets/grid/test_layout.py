"""Columns stand side by side, never over one another, and what has no room is known to be hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.tui.widgets.grid.layout import GUTTER, Layout, lay_out
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.render import Renderer
from salestui.tui.widgets.grid.view import View


def columns(layout: Layout) -> list[int]:
    return [place.column for place in layout.places]


def test_columns_that_fit_are_all_shown() -> None:
    layout = lay_out([8, 6, 6], 1, 0, 40)
    assert columns(layout) == [0, 1, 2]
    assert (layout.hidden_left, layout.hidden_right) == (False, False)


def test_frozen_columns_stay_while_the_others_scroll() -> None:
    layout = lay_out([8, 6, 6, 6, 6], 1, 3, 28)
    assert columns(layout) == [0, 3, 4]
    assert (layout.hidden_left, layout.hidden_right) == (True, False)


def test_a_frozen_column_takes_at_most_half_the_screen() -> None:
    layout = lay_out([60, 6], 1, 0, 40)
    assert columns(layout) == [0, 1]
    assert layout.places[0].end <= 20


def test_of_frozen_columns_only_those_stay_that_fit_whole_into_two_thirds() -> None:
    layout = lay_out([16, 9, 9, 9, 9], 4, 0, 60)
    assert layout.frozen == 2
    assert [place.width for place in layout.places[:3]] == [16, 9, 9]
    assert layout.places[1].end <= 40


def test_a_column_too_wide_for_the_screen_is_cut() -> None:
    layout = lay_out([60], 0, 0, 40)
    assert layout.end == 40


def test_a_position_belongs_to_the_column_there() -> None:
    layout = lay_out([8, 6], 1, 0, 40)
    assert [layout.column_at(x) for x in (0, GUTTER, 10, 11, 18, 19)] == [None, 0, 0, 1, 1, None]


@given(
    widths=st.lists(st.integers(1, 30), min_size=1, max_size=12),
    frozen=st.integers(0, 12),
    first=st.integers(0, 11),
    available=st.integers(6, 200),
)
def test_no_column_overlaps_another_or_the_edge(widths: list[int], frozen: int, first: int, available: int) -> None:
    layout = lay_out(widths, frozen, min(first, len(widths) - 1), available)
    assert layout.places
    assert layout.end <= available
    assert all(before.end == after.x for before, after in zip(layout.places, layout.places[1:], strict=False))
    assert columns(layout) == sorted(set(columns(layout)))
    assert layout.hidden_right == (columns(layout)[-1] < len(widths) - 1)


LONG, SHORT = "a name of twenty-four", "short"
TEXTS: tuple[Field[str], ...] = (
    Field("name", "Name", width=10, frozen=True, value=str),
    Field("other", "Other", width=10, value=str),
    Field("amount", "Amount", kind="number", value=len),
)


@pytest.mark.parametrize(
    ("available", "widths"),
    [(33, [10, 10]), (40, [17, 10]), (46, [20, 12]), (60, [21, 21])],
)
def test_cut_text_takes_what_a_wide_screen_has_left_over(available: int, widths: list[int]) -> None:
    renderer = Renderer(ListModel((LONG, SHORT), TEXTS, key=str, empty=""))
    layout = renderer.settle(View(rows=2, height=5), available, range(2), 0)
    assert [place.width for place in layout.places[:2]] == widths
    assert len(layout.places) == 3


def test_a_frozen_name_takes_its_share_where_others_are_beyond_the_edge() -> None:
    fields = (*TEXTS[:1], *(Field[str](f"f{n}", "Number", kind="number", value=len) for n in range(40)))
    renderer = Renderer(ListModel((LONG,), fields, key=str, empty=""))
    assert renderer.settle(View(rows=1, height=5), 60, range(1), 0).places[0].width == 18
    assert renderer.settle(View(rows=1, height=5), 30, range(1), 0).places[0].width == 10


def test_frozen_text_is_cut_before_a_frozen_number() -> None:
    fields = (
        *TEXTS[:1],
        Field[str]("year", "Year", kind="number", frozen=True, value=len, show=lambda _: "34,419,350.50"),
        *(Field[str](f"f{n}", "Number", kind="number", value=len) for n in range(40)),
    )
    renderer = Renderer(ListModel((LONG,), fields, key=str, empty=""))
    name, year, *_ = renderer.settle(View(rows=1, height=5), 52, range(1), 0).places
    assert (name.width, year.width) == (14, 13)
