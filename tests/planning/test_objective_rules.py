"""The words of a target: amounts, changes of what stands there or of last year's, growths and kinds."""

import pytest

from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.model.values.rate import Rate
from salestui.planning.objectives.rules import growth_of, kind_of, typed_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12.5m", 12_500_000), ("+10%", 1100), ("*2", 2000), ("=ly", 500), ("=LY*1.12", 560), ("=ly+5%", 525)],
)
def test_a_target_is_typed_as_in_the_quota_sheet(text: str, amount: int) -> None:
    assert typed_amount(text, Amount(1000), Amount(500)) == Amount(amount)


@pytest.mark.parametrize("text", ["", "-", "0", "(5)", "ten", "12,34", "=ly*x", "=left", "9" * 30])
def test_what_is_no_target_is_refused(text: str) -> None:
    with pytest.raises(UsageProblem):
        typed_amount(text, Amount(1000), Amount(500))


def test_last_year_cannot_be_typed_where_it_is_not_known() -> None:
    with pytest.raises(UsageProblem, match="not known"):
        typed_amount("=ly*1.1", Amount(1), None)


def test_kinds_and_growths_are_understood_as_people_write_them() -> None:
    assert [kind_of(text) for text in ("v", "Contribution", "grow")] == ["volume", "contribution", "growth"]
    assert [growth_of(text) for text in ("12", "+7.5", "-3")] == [Rate("0.12"), Rate("0.075"), Rate("-0.03")]
    for unclear in ("0.12", "100", "12000000", "NaN", "five"):
        with pytest.raises(UsageProblem, match="is no growth"):
            growth_of(unclear)
    assert [growth_of(text) for text in ("12%", "+7.5 %", "−3%")] == [Rate("0.12"), Rate("0.075"), Rate("-0.03")]
    with pytest.raises(UsageProblem, match="volume, contribution, growth"):
        kind_of("revenue")
