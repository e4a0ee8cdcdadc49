"""What was changed here stays over what comes from elsewhere, is listed, and ends when both agree."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from salestui.exchange.differences import Difference, read_differences
from salestui.exchange.trouble import Cancelled
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.exchange import Setting
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Occupancy, Person
from salestui.store.work import Actor
from tests.exchange.support import ANN, SMALL, Desk

BO = Actor("Bo")


def edit_account(desk: Desk, **values: object) -> None:
    with work(desk.engine, BO, "Correct an account") as unit:
        account = unit.session.exec(select(Account).where(col(Account.source_id) == "A1")).one()
        for name, value in values.items():
            setattr(account, name, value)


def accounts(name: str, owner: str = "P2") -> str:
    return SMALL["accounts.csv"].replace("Acme", name).replace(",P2,", f",{owner},")


def names(desk: Desk) -> list[str]:
    return [str(row[0]) for row in desk.rows("SELECT name FROM account ORDER BY source_id")]


def differences(desk: Desk) -> list[tuple[str, str, str, str | None, str | None, str | None]]:
    found: tuple[Difference, ...] = read_differences(desk.engine)
    return [(each.table, each.name, each.field, each.theirs, each.ours, each.by) for each in found]


def test_an_import_never_writes_over_a_local_change(desk: Desk) -> None:
    desk.small()
    edit_account(desk, name="Acme Corp")
    report = desk.load()
    assert not report.written
    assert report.counts["account"].kept_local == 1
    report = desk.small(accounts=accounts("ACME"))
    assert report.counts["account"].kept_local == 1
    assert report.counts["account"].updated == 0
    assert names(desk) == ["Acme Corp", "Bolt"]
    assert differences(desk) == [("account", "Acme Corp", "name", "ACME", "Acme Corp", "Bo")]


def test_other_columns_of_such_a_row_still_follow_the_source(desk: Desk) -> None:
    desk.small()
    edit_account(desk, name="Acme Corp")
    desk.small(accounts=accounts("Acme", owner="P3"))
    assert desk.rows(
        "SELECT a.name, p.source_id FROM account a JOIN person p ON p.id = a.owner_id WHERE a.source_id = 'A1'"
    ) == [("Acme Corp", "P3")]


def test_an_overlay_ends_when_the_source_agrees(desk: Desk) -> None:
    desk.small()
    edit_account(desk, name="Acme Corp")
    report = desk.small(accounts=accounts("Acme Corp"))
    assert report.written
    assert differences(desk) == []
    undo_last(desk.engine, ANN)
    assert differences(desk) == [("account", "Acme Corp", "name", "Acme", "Acme Corp", "Bo")]
    redo_last(desk.engine, ANN)
    assert differences(desk) == []
    desk.small(accounts=accounts("Acme Inc"))
    assert names(desk) == ["Acme Inc", "Bolt"]


def test_undoing_an_import_brings_back_the_imported_value_of_before(desk: Desk) -> None:
    desk.small()
    edit_account(desk, name="Acme Corp")
    desk.small(accounts=accounts("ACME"))
    undo_last(desk.engine, ANN)
    assert differences(desk) == [("account", "Acme Corp", "name", "Acme", "Acme Corp", "Bo")]


def test_references_are_listed_by_name_even_to_what_the_import_brings_itself(desk: Desk) -> None:
    desk.small()
    with Session(desk.engine) as session:
        ana = session.exec(select(Person).where(col(Person.source_id) == "P1")).one().id
    edit_account(desk, owner_id=ana)
    people = SMALL["people.csv"] + "P4,Dee Okafor,,2026-01-01,\n"
    desk.small(accounts=accounts("Acme", owner="P4"), people=people)
    assert differences(desk) == [("account", "Acme", "owner", "Dee Okafor", "Kim Park", "Bo")]


def test_a_local_end_of_a_seat_stays_and_decides_where_credit_is_earned(desk: Desk) -> None:
    desk.small()
    with work(desk.engine, BO, "Ana has left") as unit:
        sitting = unit.session.exec(select(Occupancy).where(col(Occupancy.source_id).like("P2%"))).one()
        sitting.valid_to = date(2026, 3, 1)
    report = desk.small(occupancies=SMALL["occupancies.csv"].replace("P3,S3,2021-05-01", "P3,S3,2021-06-01"))
    assert report.counts["occupancy"].kept_local == 1
    assert desk.one("SELECT count(*) FROM occupancy WHERE valid_to = '2026-03-01'") == 1


def test_an_import_is_undone_whole_and_comes_back_whole(desk: Desk) -> None:
    desk.small()
    tables = ("person", "seat", "reporting", "account", "opportunity", "sale", "credit", "quota_cell", "import_run")
    before = {table: desk.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables}  # noqa: S608  (our own names)
    undo_last(desk.engine, ANN)
    assert all(desk.one(f"SELECT count(*) FROM {table}") == 0 for table in tables)  # noqa: S608
    redo_last(desk.engine, ANN)
    after = {table: desk.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables}  # noqa: S608
    assert before == after


def test_credits_that_an_import_replaced_come_back_with_its_undoing(desk: Desk) -> None:
    desk.small()
    before = desk.rows("SELECT * FROM credit ORDER BY id")
    desk.small(credits="sale,person,share,role\nV2,P1,1,primary\n")
    undo_last(desk.engine, ANN)
    assert desk.rows("SELECT * FROM credit ORDER BY id") == before


def test_an_import_that_was_undone_can_be_made_again(desk: Desk) -> None:
    desk.small()
    undo_last(desk.engine, ANN)
    assert desk.load().counts["sale"].inserted == 3


def test_a_setting_that_was_edited_here_stays(desk: Desk) -> None:
    desk.small()
    desk.small(company=SMALL["company.toml"].replace("Small", "Smaller"))
    assert company_name(desk) == "Smaller"
    with work(desk.engine, BO, "Rename the company") as unit:
        unit.session.exec(select(Setting).where(col(Setting.key) == "company.name")).one().value = "Ours"
    report = desk.load()
    assert report.counts["setting"].kept_local == 1
    assert not report.written
    assert company_name(desk) == "Ours"


def company_name(desk: Desk) -> object:
    with Session(desk.engine) as session:
        return session.exec(select(Setting).where(col(Setting.key) == "company.name")).one().value


@pytest.mark.parametrize("moment", range(0, 60, 7))
def test_an_import_that_is_called_off_leaves_nothing(quick_desk: Desk, moment: int) -> None:
    beats = iter(range(1000))
    steps: list[str] = []
    quick_desk.write(SMALL)
    with pytest.raises(Cancelled):
        quick_desk.load(None, progress=lambda *step: steps.append(step[0]), cancelled=lambda: next(beats) >= moment)
    assert len(steps) == moment
    assert quick_desk.one("SELECT count(*) FROM change") == 0
    assert quick_desk.one("SELECT count(*) FROM person") == 0


def test_every_step_is_told(quick_desk: Desk) -> None:
    steps: list[str] = []
    quick_desk.write(SMALL)
    quick_desk.load(None, progress=lambda *step: steps.append(step[0]))
    for expected in (
        "Reading sales.csv",
        "Checking sales.csv",
        "Comparing sales",
        "Writing sale",
        "Working out the numbers",
    ):
        assert expected in steps
