"""Mappings: what they can say, and how mistakes in them are answered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.exchange.mapping_file import find_mapping, known_mappings, read_mapping
from salestui.model.values.errors import DataProblem, Problem, UsageProblem
from tests.exchange.support import Desk, told

HEAD = 'source = "erp"\n'
FEED = '[[feed]]\nentity = "account"\nfile = "a.csv"\n'
FIELDS = 'fields = { id = "Id", name = "Name" }\n'


def read(tmp_path: Path, content: str) -> object:
    path = tmp_path / "mapping.toml"
    path.write_text(content, encoding="utf-8")
    return read_mapping(str(path))


@pytest.mark.parametrize("name", known_mappings())
def test_every_mapping_that_comes_along_is_sound(name: str) -> None:
    assert find_mapping(name).feeds


@pytest.mark.parametrize(
    ("content", "told_so"),
    [
        ("", "source is missing"),
        (HEAD, "feeds nothing"),
        (HEAD + 'titel = "x"\n', "There is no “titel” here; did you mean “title”?"),
        (HEAD + 'decimal = ";"\n', "decimal is “;”"),
        (HEAD + 'dates = ["%d.%m"]\n', "dates holds “%d.%m”"),
        (HEAD + 'zone = "Mars"\n', "a time zone"),
        (HEAD + "places = 9\n", "places is 9"),
        (HEAD + 'as_of = "soon"\n', "as_of is “soon”"),
        (HEAD + 'feed = "x"\n', "feed is not a list of tables"),
        (HEAD + "[[feed]]\n", "entity is missing"),
        (HEAD + '[[feed]]\nentity = "acount"\n', "entity is “acount”.*did you mean “account”"),
        (HEAD + FEED, "fields is missing"),
        (HEAD + '[[feed]]\nentity = "account"\n' + FIELDS, "file is missing"),
        (HEAD + FEED + 'fields = { id = "Id" }\n', "name is missing"),
        (HEAD + FEED + 'fields = { id = "Id", name = "Name", secter = "S" }\n', "did you mean “sector”"),
        (HEAD + FEED + 'fields = { id = "Id", name = { colum = "Name" } }\n', "did you mean “column”"),
        (HEAD + FEED + 'fields = { id = "Id", name = { column = "N", value = "x" } }\n', "not the only one"),
        (HEAD + FEED + 'fields = { id = "Id", name = { template = "x" } }\n', "names no column"),
        (HEAD + FEED + 'fields = { id = "Id", name = { column = "N", shift = "2 weeks" } }\n', "shift is “2 weeks”"),
        (HEAD + FEED + 'fields = { id = "Id", name = 3 }\n', "not a table"),
        (HEAD + FEED + FIELDS + 'join = [{ file = "b.csv" }]\n', "how rows belong together"),
        (HEAD + FEED + FIELDS + 'join = [{ file = "b.csv", on = "x", sum = { t = "a ** 2" } }]\n', "not allowed"),
        (HEAD + FEED + FIELDS + 'grain = "week"\n', "grain is “week”"),
        (HEAD + FEED + FIELDS + 'distinct = "yes"\n', "neither true nor false"),
        (HEAD + FEED + FIELDS + "where = { Stage = [{}] }\n", "Stage is not a text"),
        (HEAD + '[[feed]]\nentity = "stage"\nrows = [{ id = "a", nam = "b" }]\n', "did you mean “name”"),
        (HEAD + '[[feed]]\nentity = "stage"\nrows = [{ id = "a", name = "\\u0000" }]\n', "name is not a text"),
        (HEAD + '[company]\ncurrency = "usd"\n', "three capital letters"),
        (HEAD + '[targets]\nwin_rate = "much"\n', "win_rate is no number"),
        (HEAD + "[[feed]\n", "not valid TOML"),
    ],
)
def test_mistakes_in_a_mapping_are_named(tmp_path: Path, content: str, told_so: str) -> None:
    with pytest.raises(DataProblem, match=told_so) as caught:
        read(tmp_path, content)
    assert "mapping.toml" in caught.value.where


def test_a_mapping_that_is_not_there_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageProblem, match="did you mean “adventureworks”"):
        find_mapping("adventure-works")


@given(st.text(max_size=200))
def test_no_text_makes_reading_a_mapping_fail(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.mktemp("mapping") / "mapping.toml"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(Problem):
        read_mapping(str(path))


def test_constants_templates_translations_and_filters_do_what_they_say(quick_desk: Desk) -> None:
    quick_desk.write(
        {
            "a.csv": (
                "Id;First;Last;Sector;State\n1;Ann;Day;tec;live\n2;Bo;;none;dead\n3;;Fox;food;LIVE\n4;;;x;live\n"
                "Grand total;4;;;\n"
            )
        }
    )
    report = quick_desk.load(
        HEAD
        + FEED
        + """
where = { State = ["Live"] }
filled = ["Last"]
footer = ["Grand"]
translate = { Sector = { tec = "Technology" } }
[feed.fields]
id = { template = "A-{Id}" }
name = { template = "{First} {Last}" }
sector = { column = "Sector", translate = { food = "Food" } }
"""
    )
    assert not report.refusals
    assert quick_desk.rows("SELECT source, source_id, name, sector FROM account ORDER BY 2") == [
        ("erp", "A-1", "Ann Day", "Technology"),
        ("erp", "A-3", "Fox", "Food"),
    ]
    assert [(each.rows, each.taken) for each in report.files] == [(4, 2)]


def test_what_stands_for_nothing_is_what_the_mapping_says(quick_desk: Desk) -> None:
    quick_desk.write({"a.csv": "Id,Name,Sector\n1,Acme,NULL\n2,NULL,-\n"})
    plain = HEAD + FEED + 'fields = { id = "Id", name = "Name", sector = "Sector" }\n'
    quick_desk.load(plain)
    assert quick_desk.rows("SELECT name, sector FROM account ORDER BY 1") == [("Acme", "NULL"), ("NULL", "-")]
    report = quick_desk.load(plain.replace(FEED, 'none = ["NULL", "-"]\n' + FEED))
    assert "row 3, column Name: There is nothing here" in told(report)


def test_files_are_joined_and_sums_taken_over_them(desk: Desk) -> None:
    desk.write(
        {
            "orders.csv": "No,Who,Day\n1,7,2026-01-01\n2,8,2026-01-02\n3,9,2026-01-03\n",
            "who.csv": "Id,Account\n7,A\n8,B\n7,A\n",
            "lines.csv": "No,Price,Quantity,Off\n1,9.80000019,3,0.150000006\n1,2,1,0\n2,10,2,0\n3,1,1,0\n",
            "a.csv": "Id,Name\nA,Acme\nB,Bolt\n",
        }
    )
    mapping = (
        HEAD
        + FEED
        + FIELDS
        + """
[[feed]]
entity = "sale"
file = "orders.csv"
join = [
  { file = "who.csv", on = { Who = "Id" } },
  { file = "lines.csv", on = "No", sum = { total = "Price * Quantity * (1 - Off)" } },
]
fields = { id = "No", account = "who.Account", booked_on = "Day", amount = "lines.Total" }
"""
    )
    assert not desk.load(mapping).refusals
    assert desk.rows(
        "SELECT s.source_id, a.name, s.amount FROM sale s LEFT JOIN account a ON a.id = s.account_id ORDER BY 1"
    ) == [("1", "Acme", 269_900), ("2", "Bolt", 200_000), ("3", None, 10_000)]
    desk.write({"lines.csv": "No,Price,Quantity,Off\n1,9,3,0\n2,1O,2,0\n"})
    text = told(desk.load(mapping))
    assert "lines.csv, row 3" in text
    assert "“1O” is not a number" in text
    assert "orders.csv, row 4, column lines.Total: There is nothing here" in text


def test_a_join_that_finds_several_different_rows_is_refused(quick_desk: Desk) -> None:
    quick_desk.write({"a.csv": "Id,Name\n1,Acme\n", "b.csv": "Id,Sector\n1,Food\n1,Steel\n"})
    fields = 'fields = { id = "Id", name = "Name", sector = "b.Sector" }\n'
    report = quick_desk.load(HEAD + FEED + fields + 'join = [{ file = "b.csv", on = "Id" }]\n')
    assert "b.csv, column Sector: Several rows belong together with one row of a.csv, such as 2 and 3" in told(report)
    assert not report.written


def test_a_join_without_its_file_is_refused(quick_desk: Desk) -> None:
    quick_desk.write({"a.csv": "Id,Name\n1,Acme\n"})
    report = quick_desk.load(HEAD + FEED + FIELDS + 'join = [{ file = "b.csv", on = "Id" }]\n')
    assert "a.csv: It needs the file “b.csv”" in told(report)
    assert report.stopped


def test_several_files_of_a_pattern_are_one_feed(quick_desk: Desk) -> None:
    quick_desk.write({"a-1.csv": "Id,Name\n1,Acme\n2,Bolt\n", "a-2.csv": "Id,Name\n3,Crown\n2,Bolt\n"})
    report = quick_desk.load(HEAD + FEED.replace("a.csv", "A-*.csv") + FIELDS)
    assert report.counts["account"].inserted == 3


def test_two_feeds_may_each_tell_a_part_of_a_record(quick_desk: Desk) -> None:
    quick_desk.write({"a.csv": "Id,Name\n1,Acme\n", "b.csv": "Id,Name,Sector\n1,Acme,Food\n1,Acme,Food\n"})
    more = (
        FEED.replace("a.csv", "b.csv") + 'distinct = true\nfields = { id = "Id", name = "Name", sector = "Sector" }\n'
    )
    report = quick_desk.load(HEAD + FEED + FIELDS + more)
    assert not report.refusals
    assert not report.warnings
    assert quick_desk.rows("SELECT name, sector FROM account") == [("Acme", "Food")]


def test_decimal_commas_and_formats_belong_to_their_feed_or_field(quick_desk: Desk) -> None:
    quick_desk.write({"s.csv": "Id;Day;Paid;Amount\n1;03.04.2026;1/2/2026;1.234,50 €\n"})
    quick_desk.load(
        HEAD
        + '[company]\ncurrency = "EUR"\n[[feed]]\nentity = "sale"\nfile = "s.csv"\n'
        + 'decimal = ","\ndates = ["%d.%m.%Y"]\n'
        + 'fields = { id = "Id", booked_on = "Day", amount = "Amount" }\n'
    )
    assert [(str(day), amount) for day, amount in quick_desk.rows("SELECT booked_on, amount FROM sale")] == [
        ("2026-04-03", 12_345_000)
    ]
