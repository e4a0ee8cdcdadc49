"""`salestui quota submit`, `return`, `approve` and `publish`: a draft on its way into force, and each step's reason."""

import json

import pytest
from sqlalchemy import Engine

from tests.cli.support import Shell

pytestmark = pytest.mark.usefixtures("the_day")


def states(shell: Shell) -> list[str]:
    """The state of each version, the latest first."""
    return [version["state"] for version in json.loads(shell("quota", "versions", "--json").output)]


def test_a_draft_goes_into_force_from_the_shell_and_its_story_says_why(writer: Engine, shell: Shell) -> None:
    assert shell("quota", "set", "Ana", "2026-06", "60", "--begin", "--reason", "new patch").code == 0
    dry = json.loads(shell("quota", "submit", "--reason", "as discussed", "--dry-run", "--json").output)
    assert (dry["before"], dry["state"], dry["written"], states(shell)) == (
        "draft",
        "submitted",
        False,
        ["draft", "published"],
    )
    for action, said in (
        ("submit", "FY2026 v2 is submitted."),
        ("return", "FY2026 v2 is a draft again."),
        ("submit", "FY2026 v2 is submitted."),
        ("approve", "FY2026 v2 is approved."),
        ("publish", "FY2026 v2 is published."),
    ):
        done = shell("quota", action, "--reason", f"{action} it")
        assert (done.code, done.output, done.words) == (0, "", f"{said}\n")
    assert states(shell) == ["published", "superseded"]
    story = json.loads(shell("quota", "versions", "--json").output)[0]["story"]
    assert [(each["what"], each["why"]) for each in story] == [
        ("begun", "new patch"),
        ("submitted", "submit it"),
        ("returned", "return it"),
        ("submitted", "submit it"),
        ("approved", "approve it"),
        ("published", "publish it"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("submit", "--reason", "x"), 3, "FY2026 v1 is published. Expected draft"),
        (("approve", "--reason", "x"), 3, "FY2026 v1 is published. Expected submitted. A draft is submitted first"),
        (("publish", "--reason", "x"), 3, "Expected approved"),
        (("return", "--reason", "x"), 3, "Expected submitted or approved"),
        (("submit",), 2, "usage: salestui quota submit"),
        (("submit", "--reason", "x", "--year", "31"), 3, "There are no quotas of FY2031 yet"),
    ],
)
def test_a_step_that_is_not_due_is_refused(
    quick_writer: Engine, shell: Shell, words: tuple[str, ...], code: int, told: str
) -> None:
    done = shell("quota", *words)
    assert (done.code, told in done.words) == (code, True), done.words
    assert states(shell) == ["published"]
