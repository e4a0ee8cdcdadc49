"""The demo company: moved in time by whole quarters, complete, pinned, and never over somebody's own data."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.cli.main import run
from salestui.exchange.shifting import move, quarters_until, shift
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST, LATEST
from salestui.store.company import read_company
from salestui.store.database import Database
from salestui.store.quick import open_reader
from salestui.store.resources import resource

SAMPLE = Path(resource("sample_data"))
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(DAYS, DAYS, st.integers(-40, 40))
def test_moving_keeps_the_order_of_days_and_whole_quarters_keep_the_place_in_them(
    one: date, other: date, quarters: int
) -> None:
    first, last = sorted((one, other))
    assert move(first, quarters * 3) <= move(last, quarters * 3)
    calendar = FiscalCalendar()
    before, after = calendar.quarter_of(one), calendar.quarter_of(move(one, quarters * 3))
    assert calendar.shift(before, quarters) == after
    assert one.month % 3 == move(one, quarters * 3).month % 3


def test_an_open_end_stays_open() -> None:
    assert move(EARLIEST, 12) == EARLIEST
    assert move(LATEST, 12) == LATEST


@pytest.mark.parametrize(
    "today", [date(2025, 11, 20), date(2025, 11, 21), date(2026, 2, 19), date(2026, 2, 20), date(2031, 6, 1)]
)
def test_the_last_day_comes_as_near_to_today_as_whole_quarters_allow(today: date) -> None:
    quarters = quarters_until(SAMPLE, today)
    assert move(date(2025, 11, 20), quarters * 3) <= today < move(date(2025, 11, 20), quarters * 3 + 3)


def test_a_moved_company_keeps_its_fiscal_years_and_every_row(tmp_path: Path) -> None:
    shift(SAMPLE, tmp_path, 2)
    calendar = FiscalCalendar(first_month=7)
    for file in SAMPLE.glob("*.csv"):
        with (
            file.open(encoding="utf-8", newline="") as before,
            (tmp_path / file.name).open(encoding="utf-8", newline="") as after,
        ):
            assert len(list(csv.reader(before))) == len(list(csv.reader(after)))
    with (tmp_path / "quotas.csv").open(encoding="utf-8", newline="") as quotas:
        for row in csv.DictReader(quotas):
            month = date.fromisoformat(row["month"])
            assert calendar.year_of(month).label == f"FY{row['fiscal_year']}"
            assert calendar.month_of(month).start == month


def test_the_demo_is_built_once_and_pinned_to_its_last_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "demo.db"
    assert run(["demo", "--no-app", "--db", str(path)]) == 0
    with open_reader(Database("sqlite", str(path))) as reader:
        company = read_company(reader)
        assert company.pinned is not None
        assert company.pinned <= datetime.now(UTC).date()
    assert f"{company.pinned:%d %B %Y}" in capsys.readouterr().err
    assert run(["demo", "--no-app", "--db", str(path)]) == 0
    assert "already" in capsys.readouterr().err


def test_the_demo_leaves_a_company_of_its_own_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.db"
    assert run(["import", str(SAMPLE), "--db", str(path)]) == 0
    before = path.read_bytes()
    assert run(["demo", "--no-app", "--db", str(path)]) == 4
    assert "a company of its own" in capsys.readouterr().err
    assert path.read_bytes() == before
