"""`salestui db`: data to stdout, words to stderr, and an exit code for each way it can end."""

import json
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.organisation import Person
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate
from salestui.store.database import parse
from salestui.store.driver import sqlite_module
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.schema import found_version
from tests.cli.support import Shell
from tests.store.support import change
from tests.store.test_backup import damage
from tests.store.test_work import NOON

CHECKS = [
    "references",
    "credits",
    "fiscal_day",
    "line_closure",
    "person_seat",
    "measure_day",
    "measure_month",
    "measure_company",
    "quota_year",
]


def sell(url: str, credited: str = "9") -> None:
    """Write down a sale of 9, and so much credit for it, with the measures that follow from them."""
    from salestui.metrics.work import work
    from salestui.store.work import Actor

    with work(engine(parse(url), write=True), Actor("kim"), "sell") as begun:
        ana = Person(name="Ana")
        sale = Sale(booked_on=NOON.date(), amount=Amount(9), currency="USD", rate=Rate(1), reporting_amount=Amount(9))
        begun.session.add_all([ana, sale])
        begun.session.flush()
        begun.session.add(
            Credit(sale_id=sale.id or 0, person_id=ana.id, share=Rate(1), amount=Amount(credited), cost=None)
        )


def spoil(url: str, statement: str) -> None:
    """Change the database behind the program's back."""
    with engine(parse(url), write=True, foreign_keys=False).begin() as connection:
        connection.exec_driver_sql(statement)


def test_init_prepares_a_database_once(shell: Shell, blank_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESTUI_DB", blank_database_url)
    first = shell("db", "init")
    assert (first.code, first.output) == (0, "")
    assert "is prepared. Load your data with: salestui import PATH" in first.words
    assert found_version(parse(blank_database_url)) is not None
    again = shell("db", "init")
    assert (again.code, again.output) == (0, "")
    assert "prepared already" in again.words
    assert shell("db", "check").code == 0


def test_the_database_is_named_before_or_after_the_action(shell: Shell, tmp_path: Path) -> None:
    for number, words in enumerate(
        (["--db", "X", "db", "init"], ["db", "--db", "X", "init"], ["db", "init", "--db", "X"])
    ):
        path = tmp_path / f"{number}.db"
        assert shell(*(str(path) if word == "X" else word for word in words)).code == 0
        assert path.exists()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_database_that_is_not_there_is_not_made_by_other_actions(shell: Shell, tmp_path: Path) -> None:
    for action in (["upgrade"], ["check"], ["backup"]):
        ended = shell("db", *action, "--db", tmp_path / "missing.db")
        assert (ended.code, ended.output) == (4, "")
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


def test_upgrade_leaves_what_is_up_to_date(shell: Shell, named: str) -> None:
    ended = shell("db", "upgrade")
    assert (ended.code, ended.output) == (0, "")
    assert "up to date already" in ended.words
    assert named


def test_upgrade_says_where_the_backup_is(shell: Shell, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def upgrade(_place: object, *, after: object) -> Path:
        assert after is not None
        return place.with_name("before.backup")

    monkeypatch.setattr("salestui.store.schema.found_version", lambda _place: "0000")
    monkeypatch.setattr("salestui.store.schema.upgrade", upgrade)
    ended = shell("db", "upgrade")
    assert ended.code == 0
    assert ended.output == f"{place.with_name('before.backup')}\n"
    assert "from version 0000 to" in ended.words


def test_init_and_upgrade_refuse_a_newer_database(shell: Shell, named: str) -> None:
    spoil(named, "UPDATE alembic_version SET version_num = '0999'")
    for action in ("init", "upgrade", "check"):
        ended = shell("db", action)
        assert (ended.code, ended.output) == (4, "")
        assert "newer than this program" in ended.words


def test_check_finds_nothing_in_a_sound_database(shell: Shell, named: str) -> None:
    assert shell("db", "check").code == 0
    sell(named)
    ended = shell("db", "check")
    assert ended.code == 0
    assert ended.words == "Everything holds.\n"
    assert "ok  The measures by day add up to their rows\n" in ended.output
    assert "NO" not in ended.output
    told = json.loads(shell("db", "check", "--json").output)
    assert told["sound"] is True
    assert [check["name"] for check in told["checks"] if check["name"] != "file"] == CHECKS
    assert all((check["broken"], check["found"]) == (0, []) for check in told["checks"])


SPOILT = {
    "measure_day": (
        "UPDATE measure_day SET total = total + 1",
        "kept total 90001, count 1, derived total 90000, count 1",
    ),
    "measure_month": ("DELETE FROM measure_month", "kept nothing, derived total 90000, count 1"),
    "measure_company": (
        "UPDATE measure_company SET count = 7",
        "kept total 90000, count 7, derived total 90000, count 1",
    ),
    "fiscal_day": (
        "UPDATE fiscal_day SET month = '1999-01-01' WHERE day = '2026-03-05'",
        "day 2026-03-05: kept month 1999-01-01, derived month 2026-03-01",
    ),
    "person_seat": ("INSERT INTO person_seat VALUES (1, '0001-01-01', '9999-12-31', 7)", "seat_id 7, derived nothing"),
    "line_closure": ("INSERT INTO line_closure VALUES (7, 7, '0001-01-01', '9999-12-31', 0)", "derived nothing"),
    "quota_year": ("INSERT INTO quota_year (plan_id, seat_id, lines, m01) VALUES (1, 7, '0', 5)", "derived nothing"),
}


def test_check_names_what_does_not_add_up_and_repair_derives_it_anew(shell: Shell, named: str) -> None:
    sell(named)
    for statement, _told in SPOILT.values():
        spoil(named, statement)
    ended = shell("db", "check", "--json")
    assert ended.code == 1
    assert "db check --repair" in ended.words
    found = {check["name"]: check for check in json.loads(ended.output)["checks"] if check["broken"]}
    assert set(found) == set(SPOILT)
    for name, (_statement, told) in SPOILT.items():
        assert found[name]["broken"] == 1
        assert told in found[name]["found"][0]
    repaired = shell("db", "check", "--repair", "--json")
    assert repaired.code == 0
    assert json.loads(repaired.output)["sound"] is True
    assert "derived anew" in repaired.words
    with open_reader(parse(named)) as reader:
        assert reader.one("SELECT count(*) FROM change") == (1,)


def test_check_leaves_everything_as_it_is(shell: Shell, named: str) -> None:
    sell(named)
    spoil(named, "UPDATE measure_day SET total = 5")
    assert shell("db", "check").code == 1
    with open_reader(parse(named)) as reader:
        assert {total for (total,) in reader.rows("SELECT total FROM measure_day")} == {5}


def test_many_findings_are_counted_and_a_few_are_told(shell: Shell, place: Path) -> None:
    sell(f"sqlite:///{place}")
    spoil(f"sqlite:///{place}", "DELETE FROM fiscal_day WHERE day BETWEEN '2026-01-01' AND '2026-01-31'")
    output = shell("db", "check").output
    assert "NO  Every day is in its fiscal month: 31\n" in output
    assert "      and 26 more\n" in output
    assert output.count("derived month 2026-01-01") == 5


def test_check_names_credits_that_do_not_sum_to_their_sale(shell: Shell, named: str) -> None:
    sell(named, credited="8.5")
    ended = shell("db", "check")
    assert ended.code == 1
    assert "sale 1 is 9, and its credits are 8.5" in ended.output
    assert "undo the change that brought it" in ended.words


def test_check_names_costs_that_do_not_sum_to_their_sale(shell: Shell, place: Path) -> None:
    sell(f"sqlite:///{place}")
    spoil(f"sqlite:///{place}", "UPDATE sale SET reporting_cost = 40000")
    assert "its credits carry" not in shell("db", "check").output
    spoil(f"sqlite:///{place}", "UPDATE credit SET cost = 30000")
    assert "sale 1 cost 4, and its credits carry 3" in shell("db", "check").output


def test_check_names_a_reference_that_leads_nowhere(shell: Shell, place: Path) -> None:
    sell(f"sqlite:///{place}")
    spoil(f"sqlite:///{place}", "UPDATE credit SET person_id = 77")
    ended = shell("db", "check")
    assert ended.code == 1
    assert "credit 1 refers to person 77, which is not there" in ended.output


def test_check_names_a_line_of_command_that_cannot_be(shell: Shell, place: Path) -> None:
    url = f"sqlite:///{place}"
    sell(url)
    seats = "INSERT INTO seat (id, version, title, kind, valid_from, valid_to) VALUES "
    spoil(url, seats + ", ".join(f"({n}, 1, 'AE', 'seller', '0001-01-01', '9999-12-31')" for n in (1, 2)))
    lines = "INSERT INTO reporting (id, version, seat_id, manager_seat_id, valid_from, valid_to) VALUES "
    spoil(url, lines + "(1, 1, 1, 2, '0001-01-01', '9999-12-31'), (2, 1, 2, 1, '0001-01-01', '9999-12-31')")
    ended = shell("db", "check")
    assert ended.code == 1
    assert "runs in a circle" in ended.output


def test_check_tells_a_damaged_file(shell: Shell, place: Path) -> None:
    with change(engine(parse(str(place)), write=True)) as work:
        work.session.add_all([Person(name=f"Ana {n}" * 40) for n in range(200)])
    content = sqlite_module().connect(place)
    content.execute("PRAGMA journal_mode=DELETE")
    (page,) = content.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_event_change_id'").fetchone()
    content.close()
    spoilt = bytearray(place.read_bytes())
    spoilt[(page - 1) * 4096 + 200 : page * 4096] = b"\0" * (4096 - 200)
    place.write_bytes(spoilt)
    ended = shell("db", "check")
    assert ended.code == 1
    assert "NO  The file is sound" in ended.output
    assert "db restore" in ended.words
    damage(place)
    ended = shell("db", "check")
    assert (ended.code, ended.output) == (4, "")
    assert "damaged" in ended.words


@pytest.mark.parametrize(
    ("version", "mode", "remark"),
    [((3, 53, 4), "WAL", "keeps what it commits in WAL mode"), ((3, 40, 1), "DELETE", "can lose commits in WAL mode")],
)
def test_check_tells_the_journal_mode_and_why(
    shell: Shell, place: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], mode: str, remark: str
) -> None:
    text = ".".join(map(str, version))
    fake = SimpleNamespace(**{**vars(sqlite_module()), "sqlite_version_info": version, "sqlite_version": text})
    monkeypatch.setattr("salestui.store.driver.sqlite_module", lambda: fake)
    monkeypatch.setattr("salestui.store.checking.sqlite_module", lambda: fake)
    assert place.exists()
    assert f"SQLite {text}, journal mode {mode}: this version {remark}" in shell("db", "check").output
    told = json.loads(shell("db", "check", "--json").output)
    assert (told["engine_version"], told["journal_mode"]) == (text, mode)
    assert remark in told["remark"]


def test_check_tells_the_servers_version(shell: Shell, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESTUI_DB", postgres_url)
    told = json.loads(shell("db", "check", "--json").output)
    assert told["engine"] == "PostgreSQL"
    assert int(told["engine_version"].partition(".")[0]) >= 14
    assert told["journal_mode"] is None


def test_backup_and_restore_print_paths_and_nothing_else(shell: Shell, place: Path, tmp_path: Path) -> None:
    sell(f"sqlite:///{place}")
    made = shell("db", "backup")
    assert made.code == 0
    assert Path(made.output.removesuffix("\n")).is_file()
    assert "the backup is sound" in made.words
    named = shell("db", "backup", tmp_path / "mine.backup")
    assert named.output == f"{tmp_path / 'mine.backup'}\n"
    sell(f"sqlite:///{place}")
    restored = shell("db", "restore", tmp_path / "mine.backup")
    assert restored.code == 0
    kept = Path(restored.output.removesuffix("\n"))
    for path, sales in ((place, 1), (kept, 2)):
        with open_reader(parse(str(path))) as reader:
            assert reader.one("SELECT count(*) FROM sale") == (sales,)
    assert shell("db", "check").code == 0


def test_restore_where_nothing_is_prints_nothing(shell: Shell, place: Path, tmp_path: Path) -> None:
    made = shell("db", "backup").output.removesuffix("\n")
    ended = shell("db", "restore", made, "--db", tmp_path / "new.db")
    assert (ended.code, ended.output) == (0, "")
    assert "is restored" in ended.words
    assert place.exists()


def test_a_backup_of_an_older_version_says_how_to_go_on(
    shell: Shell, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shell("db", "backup").output.removesuffix("\n")
    monkeypatch.setattr("salestui.store.schema.found_version", lambda _place: "0000")
    assert "salestui db upgrade" in shell("db", "restore", made).words
    assert place.exists()


def test_what_cannot_be_done_says_why(shell: Shell, place: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Dear diary. " * 999)
    for argv, code, told in (
        (["restore", tmp_path / "notes.txt"], 3, "not a sound database"),
        (["restore", tmp_path / "missing"], 3, "no such backup"),
        (["backup", place], 3, "name already"),
        (["restore"], 2, "required: PATH"),
        (["check", "--db", tmp_path], 4, "folder"),
        (["check", "--db", "postgresql://kim:s3cret@host/x"], 2, "can be read by everyone"),
        (["check", "--db", "oracle://host/x"], 2, "no database of the kind"),
        ([], 2, "required: ACTION"),
        (["destroy"], 2, "invalid choice"),
    ):
        ended = shell("db", *argv)
        assert (ended.code, ended.output) == (code, ""), argv
        assert told in ended.words
        assert "s3cret" not in ended.words
