"""The effective quota: worked examples, and that every part of a base is accounted for."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salestui.metrics.effective import Climb, Holder, Part, Relieved, Terms, apportion, climb
from salestui.model.values.amount import ZERO, Amount, split
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import LATEST

CALENDAR = FiscalCalendar()
CENT = Amount("0.01")
ANA, BO = 1, 2
JANUARY = date(2026, 1, 1), date(2026, 1, 31)
SHARES = [Fraction(percent, 100) for percent in (0, 25, 50, 75, 100)]


def parts(amount: str, terms: Terms, month: tuple[date, date] = JANUARY) -> list[Part]:
    """A month's quota in parts."""
    return apportion([Amount(amount)], month, terms)[0]


def effective(of: Sequence[Part], person: int) -> Amount:
    """What somebody carries, to the cent."""
    return Amount.sum(part.effective for part in of if part.person == person).scaled(1, CENT)


def test_who_joins_on_1_march_has_a_month_of_three_of_the_first_quarter_and_86_666_67_of_a_hundred_thousand() -> None:
    held = Terms([Holder(ANA, date(2026, 3, 1), LATEST)])
    by_quarter: list[list[Part]] = []
    for number, quarter in enumerate(split(Amount(100_000), (20, 20, 20, 40))):
        months = CALENDAR.months(CALENDAR.parse(f"2026Q{number + 1}", JANUARY[0]))
        quotas = split(quarter, [1, 1, 1], Amount("0.0001"))
        shared = [parts(str(quota), held, (m.start, m.end)) for quota, m in zip(quotas, months, strict=True)]
        by_quarter.append([part for month in shared for part in month])
    assert [str(effective(each, ANA)) for each in by_quarter] == ["6666.67", "20000", "20000", "40000"]
    assert effective([part for each in by_quarter for part in each], ANA) == Amount("86666.67")


def test_ramp_proration_and_relief_are_taken_one_after_the_other() -> None:
    half = climb(CALENDAR, ANA, date(2026, 1, 12), [Fraction(1, 2)])
    leave = Relieved(7, ANA, *JANUARY, Fraction(1, 4), None)
    nobodys, hers = parts("10000", Terms([Holder(ANA, date(2026, 1, 12), LATEST)], (), [half], [leave]))
    assert (nobodys.person, nobodys.effective.scaled(1, CENT)) == (0, Amount("3548.39"))
    assert (hers.days, hers.ramp) == (20, Fraction(1, 2))
    assert [str(amount.scaled(1, CENT)) for amount in (hers.base, hers.ramped, hers.reliefs[0][1], hers.effective)] == [
        *("6451.61", "3225.81", "806.45", "2419.35")
    ]


@pytest.mark.parametrize(
    ("joined", "shares"),
    [
        (date(2026, 1, 1), [0, 25, 50, 75, 100, 100]),
        (date(2026, 1, 15), [0, 25, 50, 75, 100, 100]),
        (date(2026, 1, 16), [0, 0, 25, 50, 75, 100]),
        (date(2025, 12, 31), [0, 25, 50, 75, 100, 100]),
    ],
)
def test_a_ramp_begins_with_the_month_of_joining_up_to_the_15th_and_with_the_next_one_after_that(
    joined: date, shares: list[int]
) -> None:
    ramp = climb(CALENDAR, ANA, joined, SHARES)
    assert [ramp.share(date(2026, month, 1)) * 100 for month in range(1, 7)] == shares


def test_in_a_calendar_of_weeks_the_15th_is_the_fiscal_months() -> None:
    weeks = FiscalCalendar(2, "4-4-5", 6)
    month = weeks.month_of(date(2026, 3, 20))
    late = climb(weeks, ANA, month.start + timedelta(days=15), [Fraction(0)])
    early = climb(weeks, ANA, month.start + timedelta(days=14), [Fraction(0)])
    following = weeks.shift(month, 1).start
    assert [early.share(following), late.share(following)] == [Fraction(1), Fraction(0)]


def test_the_ramp_of_the_last_joining_holds() -> None:
    first, then = (
        climb(CALENDAR, ANA, day, [share])
        for day, share in ((JANUARY[0], Fraction(0)), (date(2026, 1, 11), Fraction(1, 2)))
    )
    found = parts("3100", Terms([Holder(ANA, *JANUARY)], (), [first, then]))
    assert [part.effective for part in found] == [Amount(1050)]


@pytest.mark.parametrize(
    ("stays", "carried"),
    [
        ([(date(2026, 1, 1), LATEST)], 500),
        ([(date(2026, 1, 1), date(2026, 2, 10)), (date(2026, 2, 11), LATEST)], 500),
        ([(date(2026, 1, 1), date(2026, 2, 10)), (date(2026, 2, 5), LATEST)], 500),
        ([(date(2026, 1, 1), date(2026, 2, 10)), (date(2026, 2, 12), LATEST)], 1000),
        ([(date(2026, 2, 1), LATEST)], 1000),
    ],
)
def test_a_ramp_is_of_the_stay_in_which_it_began(stays: list[tuple[date, date]], carried: int) -> None:
    ramp = climb(CALENDAR, ANA, date(2026, 1, 1), [Fraction(1, 2)] * 6)
    march = date(2026, 3, 1), date(2026, 3, 31)
    (part,) = parts("1000", Terms([Holder(ANA, *stay) for stay in stays], (), [ramp]), march)
    assert part.effective == Amount(carried)


def test_a_ramp_and_a_relief_are_of_one_person_in_the_seat_not_of_all() -> None:
    ramp = climb(CALENDAR, BO, JANUARY[0], [Fraction(0)])
    found = parts("100", Terms([Holder(ANA, *JANUARY), Holder(BO, *JANUARY)], (), [ramp]))
    assert [(part.person, part.base, part.effective) for part in found] == [
        (ANA, Amount(50), Amount(50)),
        (BO, Amount(50), ZERO),
    ]


def test_a_reliefs_amount_is_spread_over_its_days_and_those_of_other_months_are_not_this_ones() -> None:
    leave = Relieved(7, ANA, date(2026, 1, 17), date(2026, 2, 15), None, Amount(3000))
    (part,) = parts("6200", Terms([Holder(ANA, *JANUARY)], (), (), [leave]))
    assert part.reliefs == ((7, Amount(1500)),)


def test_a_reliefs_amount_is_taken_from_the_product_lines_in_proportion() -> None:
    leave = Relieved(7, ANA, *JANUARY, None, Amount(300))
    one, other = apportion([Amount(1000), Amount(500)], JANUARY, Terms([Holder(ANA, *JANUARY)], (), (), [leave]))
    assert (one[0].effective, other[0].effective) == (Amount(800), Amount(400))


def test_reliefs_never_take_more_than_there_is() -> None:
    more = Relieved(7, ANA, *JANUARY, None, Amount(5000))
    most = Relieved(8, ANA, *JANUARY, Fraction(4, 5), None)
    (part,) = parts("1000", Terms([Holder(ANA, *JANUARY)], (), (), [more, most]))
    assert part.effective == ZERO
    assert dict(part.reliefs) == {8: Amount(800), 7: Amount(200)}


days = st.dates(date(2025, 11, 1), date(2026, 3, 31))
spans = st.tuples(days, days).map(sorted)
people = st.sampled_from([ANA, BO])
shares = st.fractions(0, 1, max_denominator=100)
amounts = st.integers(0, 10**12).map(Amount.from_units)
holders = st.builds(lambda person, span: Holder(person, *span), people, spans)
climbs = st.builds(
    lambda person, day, of: climb(CALENDAR, person, day, of), people, days, st.lists(shares, min_size=1, max_size=4)
)
reliefs = st.builds(
    lambda person, span, share, amount: Relieved(
        0, person, span[0], span[1], share, None if share is not None else amount
    ),
    *(people, spans, st.none() | shares, amounts),
)
all_terms = st.builds(
    Terms,
    st.lists(holders, max_size=3),
    st.lists(days, max_size=2),
    st.lists(climbs, max_size=2),
    st.lists(reliefs, max_size=3).map(lambda found: [each._replace(id=n) for n, each in enumerate(found, 1)]),
)


@given(st.lists(amounts | amounts.map(Amount.__neg__), min_size=1, max_size=3), all_terms)
def test_effective_and_relieved_and_ramped_away_and_nobodys_are_the_base_exactly(
    quotas: list[Amount], terms: Terms
) -> None:
    for quota, found in zip(quotas, apportion(quotas, JANUARY, terms), strict=True):
        assert Amount.sum(part.base for part in found) == quota
        for part in found:
            taken = [part.ramped, *(amount for _, amount in part.reliefs)]
            assert part.effective + Amount.sum(taken) == part.base
            assert part.person or not any(taken)


@given(amounts, all_terms)
def test_no_part_is_below_zero_nor_above_its_base(quota: Amount, terms: Terms) -> None:
    for part in apportion([quota], JANUARY, terms)[0]:
        for amount in (part.effective, part.ramped, *(each for _, each in part.reliefs)):
            assert 0 <= amount.units <= part.base.units


@given(amounts, all_terms)
def test_ramps_and_reliefs_leave_the_bases_as_they_are(quota: Amount, terms: Terms) -> None:
    def bases(of: Terms) -> list[tuple[int, date, Amount]]:
        return [(part.person, part.start, part.base) for part in apportion([quota], JANUARY, of)[0]]

    assert bases(terms) == bases(Terms(terms.holders, terms.seams))


@given(amounts, st.lists(shares, min_size=1, max_size=4), days)
def test_who_is_there_all_month_carries_the_ramps_share_to_the_last_unit(
    quota: Amount, of: list[Fraction], joined: date
) -> None:
    assume(joined <= JANUARY[0])
    ramp: Climb = climb(CALENDAR, ANA, joined, of)
    (part,) = apportion([quota], JANUARY, Terms([Holder(ANA, min(joined, JANUARY[0]), LATEST)], (), [ramp]))[0]
    assert abs(part.effective.units - quota.units * ramp.share(JANUARY[0])) < 1
