"""Problems tell what is wrong in sentences, and carry the exit code."""

import copy

import pytest

from salestui.model.values.errors import DatabaseProblem, DataProblem, Problem, UsageProblem


def test_a_problem_says_what_where_what_was_expected_and_what_to_do() -> None:
    problem = DataProblem(
        "amount “12,34” is no number",
        where="sales.csv, row 7",
        expected="a plain decimal such as 1234.50",
        remedy="Correct the cell and import again.",
    )
    assert str(problem) == (
        "sales.csv, row 7: amount “12,34” is no number. Expected a plain decimal such as 1234.50. "
        "Correct the cell and import again."
    )


def test_a_problem_can_be_a_single_sentence() -> None:
    assert str(Problem("Nothing to import")) == "Nothing to import."


def test_a_sentence_that_ends_is_not_ended_twice() -> None:
    assert str(Problem("Really?", remedy="Wait…")) == "Really? Wait…"


@pytest.mark.parametrize(
    ("kind", "code"), [(Problem, 3), (UsageProblem, 2), (DataProblem, 3), (DatabaseProblem, 4)], ids=lambda it: str(it)
)
def test_each_kind_has_its_exit_code(kind: type[Problem], code: int) -> None:
    assert kind("x").exit_code == code


def test_a_problem_survives_the_way_back_from_a_worker_process() -> None:
    problem = UsageProblem("No such KPI", where="kpi", expected="a name", remedy="See salestui kpi --list")
    assert str(copy.copy(problem)) == str(problem)  # by the same protocol as pickling
