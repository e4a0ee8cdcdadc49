"""The cursor is always in view, and the window always on the table."""

from hypothesis import given
from hypothesis import strategies as st

from salestui.tui.widgets.grid.view import View


def view(rows: int = 100, height: int = 10) -> View:
    made = View()
    made.resize(rows, height)
    return made


def test_a_step_below_the_window_moves_it_by_half() -> None:
    seen = view()
    seen.go_to(10)
    assert (seen.top, seen.row) == (5, 10)


def test_a_far_row_stands_at_the_edge() -> None:
    seen = view()
    seen.go_to(70)
    assert seen.top == 61
    seen.go_to(20)
    assert seen.top == 20


def test_a_page_moves_window_and_cursor_together() -> None:
    seen = view()
    seen.go_to(3)
    seen.page(1)
    assert (seen.top, seen.row) == (10, 13)
    seen.page(-1)
    assert (seen.top, seen.row) == (0, 3)


def test_pages_end_at_the_last_and_the_first_row() -> None:
    seen = view(rows=15)
    seen.page(1)
    assert (seen.top, seen.row) == (5, 10)
    seen.page(1)
    assert (seen.top, seen.row) == (5, 14)
    seen.page(-2)
    assert (seen.top, seen.row) == (0, 0)


def test_scrolling_takes_the_cursor_along_at_the_edge() -> None:
    seen = view()
    seen.scroll(3)
    assert (seen.top, seen.row) == (3, 3)
    seen.scroll(-3)
    assert (seen.top, seen.row) == (0, 3)


def test_a_table_that_shrinks_keeps_the_cursor_on_it() -> None:
    seen = view()
    seen.go_to(90)
    seen.resize(5, 10)
    assert (seen.top, seen.row) == (0, 4)


def test_an_empty_table_has_its_cursor_at_the_top() -> None:
    seen = view(rows=0)
    seen.page(1)
    seen.go_to(5)
    seen.scroll(3)
    assert (seen.top, seen.row) == (0, 0)


def frozen_view(rows: int = 100, room: int = 10, frozen: int = 2) -> View:
    made = View()
    made.resize(rows, room, frozen)
    return made


def test_frozen_rows_stay_above_the_window() -> None:
    seen = frozen_view()
    assert seen.in_view == [0, 1, *range(2, 10)]
    seen.go_to(50)
    assert seen.in_view == [0, 1, *range(43, 51)]
    assert [seen.line_of(row) for row in (1, 43, 50)] == [1, 2, 9]
    assert [seen.row_at(line) for line in (-1, 1, 2, 9, 10)] == [None, 1, 43, 50, None]


def test_pages_turn_below_a_cursor_on_a_frozen_row() -> None:
    seen = frozen_view()
    seen.page(2)
    assert (seen.top, seen.row) == (18, 0)
    seen.go_to(2)
    assert (seen.top, seen.row) == (2, 2)


def test_no_more_rows_are_frozen_than_leave_room_for_one() -> None:
    seen = frozen_view(frozen=20, room=4)
    assert (seen.frozen, seen.height, seen.top) == (3, 1, 3)
    seen.resize(2, 4, 20)
    assert seen.in_view == [0, 1]


STEP = st.tuples(st.sampled_from(["go", "page", "scroll", "rows", "height"]), st.integers(-120, 120))


@given(steps=st.lists(STEP, max_size=20), frozen=st.integers(0, 5))
def test_no_way_leads_out_of_the_table(steps: list[tuple[str, int]], frozen: int) -> None:
    seen = frozen_view(frozen=frozen)
    for kind, number in steps:
        if kind == "go":
            seen.go_to(number)
        elif kind == "page":
            seen.page(number % 5 - 2)
        elif kind == "scroll":
            seen.scroll(number)
        elif kind == "rows":
            seen.resize(abs(number), seen.room, frozen)
        else:
            seen.resize(seen.rows, number, frozen)
        assert 0 <= seen.row <= max(0, seen.rows - 1)
        assert 0 <= seen.frozen <= seen.top <= max(seen.frozen, seen.rows - seen.height)
        assert seen.rows == 0 or seen.row in seen.in_view
        assert [seen.row_at(seen.line_of(row)) for row in seen.in_view] == seen.in_view
