"""What was changed here stays over what comes from elsewhere, is listed, and ends when both agree."""

from datetime import date

import pytest
from sqlalchemy import select as rows_of
from sqlmodel import Session, col, select

from salestui.exchange.differences import Difference, read_differences
from salestui.exchange.trouble import Cancelled
from salestui.metrics.checking import check
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.exchange import ImportRun, Setting
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat
from salestui.model.tables.pipeline import Opportunity
from salestui.model.tables.quotas import QuotaCell
from salestui.model.values.amount import Amount
from salestui.performance.deal_booking import book, set_reporting_amount
from salestui.store.database import parse
from salestui.store.trace import table_of
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
    models = (Person, Seat, Reporting, Account, Opportunity, Sale, Credit, QuotaCell, ImportRun)
    tables = [table_of(model) for model in models]

    def everything() -> dict[str, list[tuple[object, ...]]]:
        with desk.engine.connect() as connection:
            rows = {table.name: connection.execute(rows_of(table).order_by(table.c.id)) for table in tables}
            return {name: [tuple(row) for row in found] for name, found in rows.items()}

    before = everything()
    assert all(before.values())
    undo_last(desk.engine, ANN)
    assert not any(everything().values())
    redo_last(desk.engine, ANN)
    assert everything() == before


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


def won_here(desk: Desk, amount: int = 700) -> None:
    """The second deal is won and booked here, with the credit of Bo Chen."""
    with work(desk.engine, BO, "Win the second deal") as unit:
        deal = unit.session.exec(select(Opportunity).where(col(Opportunity.source_id) == "O2")).one()
        deal.amount = Amount(amount)
        set_reporting_amount(unit.session, deal)
        book(unit.session, deal, date(2026, 3, 20))


def sales_of_the_second(desk: Desk) -> list[tuple[object, ...]]:
    """Source, amount and credit of what is booked from it."""
    return desk.rows(
        "SELECT s.source_id, s.amount / 10000, p.name, c.amount / 10000 FROM sale s"
        " JOIN opportunity o ON o.id = s.opportunity_id LEFT JOIN credit c ON c.sale_id = s.id"
        " LEFT JOIN person p ON p.id = c.person_id WHERE o.source_id = 'O2' ORDER BY s.source_id, s.id"
    )


def with_sales(*amounts: int, owner: str = ",P3") -> str:
    """The sales with so many more of the second deal."""
    lines = [
        f"W{number},O2,A2,X2,renewal,2026-03-25,{amount},,USD{owner}\n" for number, amount in enumerate(amounts, 1)
    ]
    return SMALL["sales.csv"] + "".join(lines)


def is_sound(desk: Desk) -> bool:
    return check(parse(desk.url)).sound


@pytest.mark.parametrize("amounts", [(700,), (300, 400)])
def test_an_imported_sale_takes_the_place_of_the_booking_made_here(desk: Desk, amounts: tuple[int, ...]) -> None:
    desk.small()
    won_here(desk)
    ours = [(None, 700, "Bo Chen", 700)]
    assert sales_of_the_second(desk) == ours
    assert desk.load().counts["sale"].removed == 0
    assert sales_of_the_second(desk) == ours
    report = desk.small(sales=with_sales(*amounts))
    assert "Imported sales take the place of what was booked here: Second." in report.warnings
    imported = [(f"W{number}", amount, "Bo Chen", amount) for number, amount in enumerate(amounts, 1)]
    assert sales_of_the_second(desk) == imported
    assert is_sound(desk)
    assert not desk.load().written
    undo_last(desk.engine, ANN)
    assert sales_of_the_second(desk) == ours
    assert is_sound(desk)
    redo_last(desk.engine, ANN)
    assert sales_of_the_second(desk) == imported


def test_a_booking_made_here_with_another_amount_stands_and_is_listed_as_a_difference(desk: Desk) -> None:
    desk.small()
    won_here(desk)
    report = desk.small(sales=with_sales(650))
    assert any("Second (700 USD here, 650 USD there)" in warning for warning in report.warnings)
    assert sales_of_the_second(desk) == [("W1", 700, "Bo Chen", 700)]
    listed = [each for each in differences(desk) if each[0] == "sale"]
    assert [(field, theirs, ours, by) for _, _, field, theirs, ours, by in listed] == [
        ("amount", "650", "700", "Bo"),
        ("reporting_amount", "650", "700", "Bo"),
    ]
    assert is_sound(desk)
    assert not desk.load().written
    report = desk.small(sales=with_sales(700))
    assert [each for each in differences(desk) if each[0] == "sale"] == []
    undo_last(desk.engine, ANN)
    undo_last(desk.engine, ANN)
    assert sales_of_the_second(desk) == [(None, 700, "Bo Chen", 700)]
    assert is_sound(desk)


def test_several_sales_that_come_to_another_amount_are_told_of_until_they_agree(desk: Desk) -> None:
    desk.small()
    won_here(desk)
    report = desk.small(sales=with_sales(300, 300))
    assert any(warning.endswith("count twice: Second (700 USD here, 600 USD there).") for warning in report.warnings)
    assert len(sales_of_the_second(desk)) == 3
    desk.small(sales=with_sales(300, 400))
    assert [source for source, *_ in sales_of_the_second(desk)] == ["W1", "W2"]
    assert is_sound(desk)


@pytest.mark.parametrize("amount", [700, 650])
def test_the_credit_given_here_goes_over_where_the_source_tells_of_none(desk: Desk, amount: int) -> None:
    desk.small()
    won_here(desk)
    plain = "id,opportunity,account,product,type,booked_on,amount,cost,currency\n"
    desk.small(sales=f"{plain}W1,O2,A2,X2,renewal,2026-03-25,{amount},30,USD\n", credits=None)
    assert sales_of_the_second(desk) == [("W1", 700, "Bo Chen", 700)]
    assert not desk.load().written
    assert is_sound(desk)


def test_a_booking_made_here_and_a_refused_sale_change_nothing(desk: Desk) -> None:
    desk.small()
    won_here(desk)
    report = desk.small(sales=with_sales(700, owner=",P9"))
    assert report.refused == 1
    assert sales_of_the_second(desk) == [(None, 700, "Bo Chen", 700)]
