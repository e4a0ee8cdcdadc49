"""The days a deal spent in each stage."""

from datetime import date

from salestui.performance.deal import Step, steps

D = date(2026, 5, 1)


def test_each_stage_lasts_until_the_next_and_the_open_one_until_now() -> None:
    way = [("A", D, "open"), ("B", D.replace(day=4), "open")]
    assert steps(way, D.replace(day=10)) == (Step(1, "A", D, 3), Step(2, "B", D.replace(day=4), 6))


def test_a_closed_stage_and_one_that_lies_ahead_have_no_days() -> None:
    way = [("A", D, "open"), ("Won", D.replace(day=4), "won")]
    assert [step.days for step in steps(way, D.replace(day=10))] == [3, None]
    assert [step.days for step in steps(way[:1], date(2026, 4, 1))] == [None]


def test_a_deal_without_history_has_no_steps() -> None:
    assert steps([], D) == ()
