"""`salestui quota step`: what sums are spread in, set in a draft, kept by what is spread, and undone."""

import json

import pytest
from sqlalchemy import Engine

from tests.cli.quota_support import cells
from tests.cli.support import Shell

pytestmark = pytest.mark.usefixtures("the_day")


def steps(shell: Shell) -> list[str]:
    """What each version is spread in, the latest first."""
    return [version["step"] for version in json.loads(shell("quota", "versions", "--json").output)]


def test_sums_are_spread_in_the_step_of_the_draft_until_that_is_undone(writer: Engine, shell: Shell) -> None:
    assert shell("quota", "set", "Ana", "2026-06", "60", "--begin").code == 0
    done = shell("quota", "step", "100")
    assert (done.code, done.words) == (
        0,
        "Sums of FY2026 v2 are spread in 100 now; salestui history undo takes it back.\n",
    )
    assert steps(shell) == ["100", "1"]
    for words in (("set", "West", "2026Q1", "1200"), ("spread", "East", "2026Q1", "700", "--by", "even")):
        assert json.loads(shell("quota", *words, "--json").output)["after"] == words[3]
        new = [amount for (seat, _, month), amount in cells(writer).items() if seat.startswith(words[1]) and month <= 3]
        assert any(new)
        assert all(amount % 100_0000 == 0 for amount in new if amount)
    raised = json.loads(shell("quota", "scale", "East", "2026Q1", "5", "--json").output)
    assert raised["after"] == "700"
    assert shell("quota", "step", "100").words == "Sums of FY2026 v2 are spread in 100 already.\n"
    again = json.loads(shell("quota", "step", "0.01", "--json").output)
    assert again == {"fiscal_year": 2026, "version": 2, "step": "0.01", "before": "100", "written": True}
    assert shell("history", "undo").code == 0
    assert steps(shell) == ["100", "1"]


@pytest.mark.parametrize(
    ("amount", "code", "what"),
    [
        ("0", 3, "A step is above zero. Expected an amount such as 1, 100 or 0.01"),
        ("-5", 3, "A step is above zero"),
        ("-", 2, "There is no amount to spread in"),
        ("much", 2, "“much” is no amount"),
    ],
)
def test_what_is_no_step_is_refused_and_changes_nothing(
    quick_writer: Engine, shell: Shell, amount: str, code: int, what: str
) -> None:
    assert shell("quota", "set", "Ana", "2026-06", "60", "--begin").code == 0
    done = shell("quota", "step", amount)
    assert (done.code, done.output) == (code, "")
    assert what in done.words
    assert steps(shell) == ["1", "1"]


def test_what_is_no_draft_keeps_its_step(quick_writer: Engine, shell: Shell) -> None:
    done = shell("quota", "step", "100")
    assert (done.code, "changes by a new version only" in done.words) == (3, True)
    assert steps(shell) == ["1"]
    assert "There are no quotas of FY2031 yet" in shell("quota", "step", "100", "--year", "2031").words
