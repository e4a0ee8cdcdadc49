"""A chart reads without colour, keeps to its room, and puts everything where it belongs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.tui.text import width_of
from salestui.tui.widgets.chart.drawing import BAR, INNER, MARK, OUTER, POINT, drawn, laid_out
from salestui.tui.widgets.chart.figures import Figure, Form, Names, Slot
from salestui.tui.widgets.lines import Row

NAMES = Names("booked", "forecast", "80%", "95%", "quota")
PAST = tuple(Slot(label, value, mark=60) for label, value in (("Jan", 20), ("", 40), ("", 80), ("Apr", 50)))
AHEAD = (Slot("", 10, 60, (40, 70), (30, 90), 80), Slot("Jun", None, 50, (40, 60), (20, 100)))


def texts(rows: tuple[Row, ...]) -> list[str]:
    """The rows as plain text, without blanks at their ends."""
    return ["".join(span.text for span in row).rstrip() for row in rows]


def test_bars_intervals_and_targets_in_a_small_room() -> None:
    assert texts(drawn(Figure(PAST + AHEAD, names=NAMES), 46, 13)) == [
        " ██ booked  ━━ forecast  ▒▒ 80%  ░░ 95%",
        "100┤                              ░░░░░",
        "   │                        ░░░░░ ░░░░░",
        "   │            █████       ╌╌╌╌╌╌░░░░░",
        "   │            █████       ▒▒▒▒▒ ░░░░░",
        "   │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌━━━━━ ▒▒▒▒▒",
        " 50┤            █████ █████ ▒▒▒▒▒ ━━━━━",
        "   │      █████ █████ █████ ▒▒▒▒▒ ▒▒▒▒▒",
        "   │      █████ █████ █████ ░░░░░ ░░░░░",
        "   │█████ █████ █████ █████       ░░░░░",
        "  0┤█████ █████ █████ █████ █████",
        "   └────────────────────────────────────",
        "    Jan               Apr         Jun",
    ]


def test_a_line_goes_up_and_down() -> None:
    slots = tuple(Slot(value=value) for value in (1, 4, 4, 2, None, 3))
    assert texts(drawn(Figure(slots, form="line"), 21, 9)) == [
        "",
        "4┤   ╭─────╮",
        " │   │     │     ───",
        " │   │     │",
        "2┤   │     ╰──",
        " │───╯",
        "0┤",
        " └──────────────────",
        "",
    ]


def test_the_top_of_a_bar_is_drawn_in_eighths() -> None:
    rows = texts(drawn(Figure(tuple(Slot(value=value) for value in (1, 5, 8, 12, 16))), 30, 5))
    assert [line[3:] for line in rows[1:3]] == ["               ▂▂▂▂ ▅▅▅▅", "▁▁▁▁ ▄▄▄▄ ▆▆▆▆ ████ ████"]


def test_below_zero_bars_hang_down() -> None:
    rows = texts(drawn(Figure((Slot(value=-4), Slot(value=4), Slot(value=0))), 30, 11))
    assert [row[2:].rstrip() for row in rows[1:9]] == [
        "┤        ▂▂▂▂▂▂▂",
        "│        ███████",
        "│        ███████",
        "│        ███████",
        "┤███████",
        "│███████",
        "│███████",
        "┤███████",
    ]


def test_only_what_is_drawn_is_in_the_legend() -> None:
    assert texts(drawn(Figure((Slot(value=1),), names=NAMES), 60, 8))[0] == " ██ booked"
    assert "quota" in texts(drawn(Figure(PAST, names=NAMES), 60, 8))[0]


def test_where_not_all_places_fit_the_first_are_left_out() -> None:
    slots = tuple(Slot(str(number), number) for number in range(100))
    rows = texts(drawn(Figure(slots), 30, 8))
    assert rows[-1].split()[-1] == "98" or rows[-1].split()[-1] == "99"
    assert laid_out(100, 26).first == 74


@pytest.mark.parametrize(("width", "height"), [(0, 0), (5, 20), (80, 4), (9, 9)])
def test_where_there_is_no_room_there_is_no_chart(width: int, height: int) -> None:
    assert drawn(Figure(PAST), width, height) == ()


def test_shapes_alone_tell_everything_apart() -> None:
    assert len({BAR, POINT, INNER, OUTER, MARK}) == 5


whole = st.one_of(st.none(), st.just(0), st.integers(-1000, 1000), st.integers(-(2**63), 2**63))
pairs = st.one_of(st.none(), st.tuples(st.integers(-(10**15), 10**15), st.integers(0, 10**15)))
bands = pairs.map(lambda pair: None if pair is None else (pair[0], pair[0] + pair[1]))
slots = st.builds(Slot, st.sampled_from(["", "Jan 26", "[red]é"]), whole, whole, bands, bands, whole)
forms: st.SearchStrategy[Form] = st.sampled_from(["bars", "line"])


@given(st.lists(slots, max_size=60), st.integers(0, 130), st.integers(0, 45), forms)
def test_whatever_the_numbers_it_keeps_to_its_room(found: list[Slot], width: int, height: int, form: Form) -> None:
    rows = drawn(Figure(tuple(found), names=NAMES, form=form), width, height)
    assert len(rows) in (0, height)
    assert all(sum(width_of(span.text) for span in row) <= width for row in rows)


@given(st.integers(1, 200), st.integers(8, 150))
def test_places_lie_side_by_side_in_the_room(count: int, room: int) -> None:
    layout = laid_out(count, room)
    places = [layout.whole(number) for number in range(count - layout.first)]
    assert layout.edges[0] == 0
    assert layout.edges[-1] <= room
    assert all(len(place) >= 1 for place in places)
    assert all(set(layout.bar(number)) <= set(place) for number, place in enumerate(places))
