"""Tables pasted into the quota sheet fit, or change nothing."""

from collections.abc import Sequence

import pytest

from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.pasting import Origin
from salestui.planning.quotas.rules.outcome import BelowZero
from salestui.planning.quotas.rules.ranges import pasted
from salestui.planning.quotas.sheet import Leaf, Units
from tests.support.quota_sheet import (
    MONTHS,
    SPANS,
    sheet,
    u,
)


def test_a_pasted_table_fits_or_changes_nothing() -> None:
    found = sheet()
    assert pasted(found, [1, 2], [1, 2], [["10", "20k"], ["", "5"]]).changes == {
        Leaf(1, 0, MONTHS[0]): u(10),
        Leaf(1, 0, MONTHS[1]): u(20000),
        Leaf(2, 0, MONTHS[1]): u(5),
    }
    for table, told in (([["1", "2", "3"]], "3 columns"), ([["1"], ["2"], ["3"]], "3 rows"), ([["x"]], "no amount")):
        with pytest.raises(UsageProblem, match=told):
            pasted(found, [1, 2], [1, 2], table)


def test_a_number_below_zero_is_pasted_as_such_and_not_taken_from_what_stands_there() -> None:
    found = sheet({Leaf(1, 0, month): u(100) for month in MONTHS[:3]})
    table = [["-30", "−5", "+7"]]
    with pytest.raises(BelowZero):
        pasted(found, [1], [1, 2, 3], table)
    changes = pasted(found, [1], [1, 2, 3], table, below_zero=True).changes
    assert list(changes.values()) == [u(-30), u(-5), u(7)]
    assert list(pasted(found, [1], [1, 2], [["+5%", "*2"]]).changes.values()) == [u(105), u(200)]


def of_year(amounts: Sequence[int], seat: int = 2) -> Units:
    return {Leaf(seat, 0, MONTHS[month]): u(amount) for month, amount in enumerate(amounts)}


A_YEAR = [10, 20, 31, 40, 50, 60, 70, 80, 90, 100, 110, 120]
WITH_SUMS = [10, 20, 31, 61, 40, 50, 60, 150, 70, 80, 90, 240, 100, 110, 120, 330]


def spans_from(key: str) -> range:
    return range(next(number for number, span in enumerate(SPANS) if span.key == key), len(SPANS))


@pytest.mark.parametrize(
    ("table", "begins"),
    [
        (A_YEAR, "m0"),
        (WITH_SUMS, "m0"),
        ([781, *WITH_SUMS], "year"),
        (A_YEAR[:5], "m0"),
        ([*WITH_SUMS[:5], 50], "m0"),
        (WITH_SUMS[:4], "m0"),
    ],
)
def test_months_are_pasted_with_and_without_the_sums_between_them(table: list[int], begins: str) -> None:
    line = [str(amount) for amount in table]
    months = A_YEAR[: len([amount for amount in table if amount not in (61, 150, 240, 330, 781)])]
    assert pasted(sheet(), [1], spans_from(begins), [line]).changes == of_year(months, 1)


def test_months_from_the_middle_of_a_quarter_are_pasted_to_the_end_of_the_year() -> None:
    found = sheet(of_year(A_YEAR))
    line = [str(amount * 10) for amount in A_YEAR[1:]]
    assert pasted(found, [1], spans_from("m1"), [line]).changes == {
        Leaf(1, 0, MONTHS[month]): u(A_YEAR[month] * 10) for month in range(1, 12)
    }
    agreeing = ["21", "31", "62"]
    assert pasted(found, [2], spans_from("m1"), [agreeing]).changes == {Leaf(2, 0, MONTHS[1]): u(21)}


def test_every_row_of_a_pasted_year_goes_to_its_own_seat() -> None:
    table = [[str(amount) for amount in A_YEAR], [""] * 12]
    assert pasted(sheet(of_year(A_YEAR)), [1, 2], spans_from("m0"), table).changes == {
        **of_year(A_YEAR, 1),
        **dict.fromkeys(of_year(A_YEAR)),
    }


@pytest.mark.parametrize("line", [["100", "200", "300", "601", "5"], ["100", "200", "300", "600", "", "9", "", "1"]])
def test_sums_that_do_not_quite_agree_are_not_taken_for_months(line: list[str]) -> None:
    with pytest.raises(UsageProblem, match=r"Kim, own Q\d: .* parts there make .*row 1, column \d.*C hides"):
        pasted(sheet(), [1], spans_from("m0"), [line])


def test_a_table_wider_than_the_columns_that_are_left_is_refused() -> None:
    with pytest.raises(UsageProblem, match="13 columns, and from here there are 12"):
        pasted(sheet(), [1], spans_from("m3"), [["1"] * 13])


def test_months_alone_are_pasted_where_the_sums_are_hidden_and_never_over_a_hidden_month() -> None:
    months = [number for number in spans_from("m0") if SPANS[number].is_month]
    assert pasted(sheet(), [1], months, [[str(amount) for amount in A_YEAR]]).changes == of_year(A_YEAR, 1)
    without_may = [number for number in spans_from("m0") if SPANS[number].key != "m4"]
    with pytest.raises(UsageProblem, match="hidden month"):
        pasted(sheet(), [1], without_may, [[str(amount) for amount in A_YEAR[:11]]])


def a_team() -> list[list[str]]:
    """North, Chen and the vacant seat with its two lines, each with the year, months and quarters."""
    year = ["781", *map(str, WITH_SUMS)]
    return [[str(int(text) * 3) for text in year], year, [str(int(text) * 2) for text in year], year, year]


def test_a_team_is_pasted_with_its_people_where_its_sums_agree() -> None:
    found = pasted(sheet(), [3, 4, 5, 6, 7], range(len(SPANS)), a_team())
    assert found.changes == {
        Leaf(seat, line, MONTHS[month]): u(A_YEAR[month])
        for seat, line in ((3, 0), (4, 7), (4, 8))
        for month in range(12)
    }


def test_a_team_s_sum_counts_what_is_not_pasted_as_it_stands_and_may_be_empty() -> None:
    before = sheet(of_year(A_YEAR, 3))
    assert pasted(before, [3, 4, 5], [1], [["17"], ["10"], ["7"]]).changes.keys() == {
        Leaf(4, 7, MONTHS[0]),
        Leaf(4, 8, MONTHS[0]),
    }
    assert pasted(before, [0, 1], [1], [["15"], ["5"]]).changes == {Leaf(1, 0, MONTHS[0]): u(5)}
    assert pasted(before, [3, 4], [1], [[""], ["5"]]).changes == {Leaf(3, 0, MONTHS[0]): u(5)}


def test_a_team_s_sum_that_is_not_that_of_its_people_is_named_by_its_place() -> None:
    table = a_team()
    table[0][2] = "61"
    with pytest.raises(UsageProblem, match=r"North 2: 61, but its parts there make 60 \(row 1, column 3 of what you"):
        pasted(sheet(), [3, 4, 5, 6, 7], range(len(SPANS)), table, Origin(titled=True))
    with pytest.raises(UsageProblem, match=r"row 2, column 2 of what you paste"):
        pasted(sheet(), [3, 4], [1], [["61"], ["60"]], Origin(lines=1, columns=[2]))
