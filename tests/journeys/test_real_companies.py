"""Real companies, loaded by their mappings and asked for KPIs from the shell: the same figures from both databases.

The figures are those that a right import of the published data sets gives: Microsoft's AdventureWorks and the Maven
Analytics CRM data. The data is not part of the project; without it these tests are skipped.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from salestui.cli.main import run

Asked = tuple[str, ...]


class Company:
    """A company loaded into a database, to be asked from the shell."""

    def __init__(self, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self._capsys = capsys

    def ask(self, *words: str) -> dict[str, Any]:
        """The JSON that `salestui kpi` prints."""
        assert run(["kpi", *words, "--json", "--db", self.url]) == 0
        answer: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return answer

    def value(self, kpi: str, *words: str) -> dict[str, Any]:
        """One KPI."""
        (found,) = self.ask(kpi, *words)["kpis"]
        assert isinstance(found, dict)
        return found


def load(folder: Path, mapping: str, url: str, capsys: pytest.CaptureFixture[str]) -> Company:
    """Load a folder through a mapping that ships with the program."""
    assert run(["import", str(folder), "--mapping", mapping, "--db", url]) == 0
    capsys.readouterr()
    return Company(url, capsys)


ADVENTUREWORKS = [
    # scope, quarter, bookings, orders, quota: fiscal years begin in June, so 2013Q1 is June to August 2012
    ("Michael Blythe", "2013Q1", "1145149.1969", 42, "1429000"),
    ("North America", "2013Q1", "6533538.7981", 264, "7953000"),
    ("Europe", "2013Q1", "1755165.3272", 59, "2584000"),
    ("Pacific", "2013Q1", "0", 0, None),
    ("Michael Blythe", "2014Q1", "1201956.9856", 45, "1575000"),
    ("North America", "2014Q1", "7418830.0379", 309, "9443000"),
    ("Europe", "2014Q1", "2678968.578", 119, "3680000"),
    ("Pacific", "2014Q1", "456401.1523", 33, "610000"),
]


def test_adventureworks_to_the_last_decimal(
    real_data: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    company = load(real_data / "adventureworks", "adventureworks", database_url, capsys)
    day = ("--as-of", "2014-06-30")
    everything = company.value("bookings", "--period", "2011-05..2014-06", *day)
    assert (everything["value"], everything["n"]) == ("109846381.4039", 31_465)
    credited = company.value("bookings", "--scope", "team:Sales", "--period", "2011-05..2014-06", *day)
    assert (credited["value"], credited["n"]) == ("80487704.1832", 3_806)
    quota = company.value("attainment", "--period", "2011-05..2014-06", *day)
    assert quota["denominator"] == "95714000"
    for scope, quarter, bookings, orders, target in ADVENTUREWORKS:
        attainment = company.value("attainment", "--scope", scope, "--period", quarter, *day)
        found = (attainment["numerator"], attainment["n"], attainment["denominator"])
        assert found == (bookings, orders, target), (scope, quarter)


MAVEN = [("2017Q1", "1134672"), ("2017Q2", "3086111"), ("2017Q3", "2982255"), ("2017Q4", "2802496")]


def test_maven_crm_to_the_last_deal(real_data: Path, database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    company = load(real_data / "maven-crm", "maven-crm", database_url, capsys)
    day = ("--as-of", "2017-12-31")
    won = company.value("bookings", "--period", "FY2017", *day)
    assert (won["value"], won["n"]) == ("10005534", 4_238)
    for quarter, bookings in MAVEN:
        assert company.value("bookings", "--period", quarter, *day)["value"] == bookings
    rate = company.value("win_rate", "--period", "FY2017", *day)
    assert (rate["numerator"], rate["denominator"]) == ("4238", str(4_238 + 2_473))
    still_open = company.value("open_pipeline", *day, "--period", "FY2017")
    assert (still_open["value"], still_open["n"]) == (None, 1_589 + 500)


@pytest.mark.parametrize(
    ("folder", "day", "scopes"),
    [
        ("adventureworks", "2014-06-30", ("North America", "Michael Blythe")),
        ("maven-crm", "2017-12-31", ("Dustin Brinkmann's team", "Anna Snelling")),
    ],
)
def test_both_databases_print_the_same(
    real_data: Path,
    sqlite_url: str,
    postgres_url: str,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    day: str,
    scopes: Asked,
) -> None:
    companies = [load(real_data / folder, folder, url, capsys) for url in (sqlite_url, postgres_url)]
    questions: list[Asked] = [("--as-of", day), ("--as-of", day, "--period", "last", "--line", "today")]
    questions += [("--as-of", day, "--scope", scope, "--period", "last", "--compare", "prior") for scope in scopes]
    for question in questions:
        lite, postgres = (company.ask(*question) for company in companies)
        assert lite == postgres
