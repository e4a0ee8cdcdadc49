"""People with managers, seats with a line of command, territories in a tree."""

from datetime import date

import pytest

from salestui.model.values.period import EARLIEST, LATEST
from salestui.store.company import CLOSED_THROUGH
from tests.exchange.support import SMALL, Desk, told
from tests.support.companies import building

TEAM = """
source = "hr"
as_of = AS_OF

[[feed]]
entity = "person"
file = "staff.csv"
[feed.fields]
id = "id"
name = { template = "{first} {last}" }
title = "role"
manager = "boss"
hired_on = "hired"
left_on = "left"
"""
STAFF = "id,first,last,role,boss,hired,left\n1,Ann,Day,Head,,,\n2,Bo,Eve,,1,2024-05-01,\n3,Cy,Fox,Rep,1,,2026-01-31\n"
LINES = (
    "SELECT s.source_id, m.source_id, r.valid_from, r.valid_to FROM reporting r JOIN seat s ON s.id = r.seat_id"
    " JOIN seat m ON m.id = r.manager_seat_id ORDER BY 1, 3"
)

SITTING = (
    "SELECT p.source_id, s.source_id, o.valid_from, o.valid_to FROM occupancy o JOIN person p ON p.id = o.person_id"
    " JOIN seat s ON s.id = o.seat_id ORDER BY 1, 2, 3"
)


def close(desk: Desk) -> None:
    """Close the months up to February 2026."""
    with building(desk.engine) as company:
        company.setting(CLOSED_THROUGH, "2026-02-28")


def staff(desk: Desk, content: str, as_of: str = "2026-03-31") -> list[tuple[object, ...]]:
    desk.write({"staff.csv": content})
    report = desk.load(TEAM.replace("AS_OF", as_of))
    assert not report.refusals
    return [(seat, manager, str(start), str(end)) for seat, manager, start, end in desk.rows(LINES)]


def test_people_with_managers_get_one_seat_each(desk: Desk) -> None:
    lines = staff(desk, STAFF)
    always = (str(EARLIEST), str(LATEST))
    assert lines == [("2", "1", *always), ("3", "1", *always)]
    assert desk.rows("SELECT source_id, title, kind FROM seat ORDER BY 1") == [
        ("1", "Head", "manager"),
        ("2", "Bo Eve", "seller"),
        ("3", "Rep", "seller"),
    ]
    sitting = desk.rows("SELECT valid_from, valid_to FROM occupancy ORDER BY source_id")
    assert [(str(start), str(end)) for start, end in sitting] == [
        always,
        ("2024-05-01", str(LATEST)),
        (str(EARLIEST), "2026-01-31"),
    ]


def test_another_manager_ends_the_old_line_where_the_sources_data_begins_to_say_so(quick_desk: Desk) -> None:
    staff(quick_desk, STAFF)
    changed = STAFF.replace("3,Cy,Fox,Rep,1", "3,Cy,Fox,Rep,2")
    lines = staff(quick_desk, changed, "2026-04-30")
    assert lines[1:] == [("3", "1", str(EARLIEST), "2026-04-29"), ("3", "2", "2026-04-30", str(LATEST))]
    assert staff(quick_desk, changed, "2026-05-31") == lines
    assert quick_desk.one("SELECT count(*) FROM change") == 3
    assert quick_desk.rows("SELECT kind FROM seat ORDER BY source_id") == [("manager",), ("manager",), ("seller",)]


def test_a_line_of_command_with_a_stated_start_is_dated_by_it(quick_desk: Desk) -> None:
    mapping = TEAM.replace("AS_OF", "2026-03-31") + 'start = "since"\n'
    quick_desk.write(
        {"staff.csv": STAFF.replace("left\n", "left,since\n").replace(",\n", ",,2025-01-01\n").replace("31\n", "31,\n")}
    )
    assert not quick_desk.load(mapping).refusals
    assert [str(row[2]) for row in quick_desk.rows(LINES)] == ["2025-01-01", str(EARLIEST)]


def test_someone_without_a_manager_any_more_reports_to_nobody_from_then_on(quick_desk: Desk) -> None:
    staff(quick_desk, STAFF)
    lines = staff(quick_desk, STAFF.replace("3,Cy,Fox,Rep,1", "3,Cy,Fox,Rep,"), "2026-04-30")
    assert lines[1] == ("3", "1", str(EARLIEST), "2026-04-29")


@pytest.mark.parametrize(
    ("content", "told_so"),
    [
        (STAFF.replace("Head,,", "Head,3,"), "runs in a circle: “1” → “3” → “1”"),
        (STAFF.replace("Head,,", "Head,1,"), "runs in a circle: “1” → “1”"),
        (STAFF.replace("Rep,1", "Rep,9"), "There is no “9”"),
        (STAFF.replace("Rep,1,", "Rep,1,2026-02-01"), "before they came"),
    ],
)
def test_people_who_do_not_fit_are_refused(quick_desk: Desk, content: str, told_so: str) -> None:
    quick_desk.write({"staff.csv": content})
    assert told_so in told(quick_desk.load(TEAM.replace("AS_OF", "2026-03-31")))


@pytest.mark.parametrize(
    ("files", "told_so"),
    [
        ({"reporting": "seat,manager_seat\nS2,S1\nS1,S3\nS3,S2\n"}, "runs in a circle"),
        ({"reporting": "seat,manager_seat\nS2,S2\n"}, "runs in a circle"),
        (
            {"reporting": "seat,manager_seat,valid_from,valid_to\nS2,S1,2020-01-01,2025-01-01\nS2,S3,2025-01-01,\n"},
            "reports to another manager at the same time, by row 2",
        ),
        ({"reporting": "seat,manager_seat,valid_from,valid_to\nS2,S1,2020-01-01,2019-01-01\n"}, "before it begins"),
        ({"territories": "id,name,parent\nT1,West,T2\nT2,Bay,T1\n"}, "runs in a circle"),
        ({"seats": SMALL["seats.csv"].replace("S3,Seller,seller", "S3,Seller,boss")}, "“boss” is not known here"),
        ({"occupancies": "person,seat\nP1,S9\n"}, "There is no “S9”. Expected one of the seats"),
    ],
)
def test_an_organisation_that_does_not_fit_is_refused(quick_desk: Desk, files: dict[str, str], told_so: str) -> None:
    assert told_so in told(quick_desk.small(**files))


def test_a_change_of_manager_that_two_dated_lines_tell_is_no_circle(quick_desk: Desk) -> None:
    lines = "seat,manager_seat,valid_from,valid_to\nS2,S1,2020-01-01,2025-06-30\nS3,S1,2020-01-01,\nS1,S2,2025-07-01,\n"
    assert not quick_desk.small(reporting=lines).refusals


def test_a_corrected_start_replaces_the_old_stretch(desk: Desk) -> None:
    desk.small()
    report = desk.small(reporting=SMALL["reporting.csv"].replace("S2,S1,2020-01-01", "S2,S1,2021-01-01"))
    assert (report.counts["reporting"].inserted, report.counts["reporting"].removed) == (1, 1)
    assert [str(row[2]) for row in desk.rows(LINES)] == ["2021-01-01", "2020-01-01"]


def test_territories_come_after_the_ones_they_are_part_of(desk: Desk) -> None:
    desk.small(territories="id,name,parent\nT2,Bay,T1\nT4,Pier,T3\nT3,Port,T2\nT1,West,\n")
    assert desk.rows(
        "SELECT t.source_id, p.source_id FROM territory t LEFT JOIN territory p ON p.id = t.parent_id ORDER BY 1"
    ) == [("T1", None), ("T2", "T1"), ("T3", "T2"), ("T4", "T3")]


def test_dates_of_hire_are_kept(quick_desk: Desk) -> None:
    staff(quick_desk, STAFF)
    assert [str(row[0]) for row in quick_desk.rows("SELECT hired_on FROM person WHERE source_id = '2'")] == [
        date(2024, 5, 1).isoformat()
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "told_of"),
    [
        ("occupancies", "P3,S3,2021-05-01,", "P3,S3,2021-06-01,", "who sits where"),
        ("occupancies", "P3,S3,2021-05-01,", "P3,S3,2021-05-01,2026-02-15", "who sits where"),
        ("occupancies", "P3,S3,2021-05-01,", "P3,S1,2021-05-01,", "who sits where"),
        ("occupancies", "P3,S3,2021-05-01,", "P3,S3,,", "who sits where"),
        ("reporting", "S3,S1,2020-01-01,", "S3,S2,2020-01-01,", "who reports to whom"),
        ("reporting", "S3,S1,2020-01-01,", "S3,S1,2020-01-01,2026-01-31\nS3,S2,2026-02-01,", "who reports to whom"),
    ],
)
def test_who_sat_where_in_closed_months_is_not_changed_by_an_import(
    quick_desk: Desk, file: str, old: str, new: str, told_of: str
) -> None:
    quick_desk.small()
    close(quick_desk)
    before = quick_desk.rows(SITTING), quick_desk.rows(LINES)
    rows = SMALL[f"{file}.csv"].replace(old, new)
    assert rows != SMALL[f"{file}.csv"]
    report = quick_desk.small(**{file: rows})
    assert not report.written
    row = 4 if file == "occupancies" else 3
    assert f"{file}.csv, row {row}" in told(report)
    assert f"The months up to 2026-02-28 are closed, and this would change {told_of} in them" in told(report)
    assert (quick_desk.rows(SITTING), quick_desk.rows(LINES)) == before


def test_what_is_not_closed_yet_and_who_is_new_may_be_told_by_an_import(desk: Desk) -> None:
    desk.small()
    close(desk)
    report = desk.small(
        seats=SMALL["seats.csv"] + "S4,Seller,seller,,,,\nS5,Free,seller,,,,\n",
        people=SMALL["people.csv"] + "P4,Cy Fox,,,\nP5,Di Gray,,,\n",
        occupancies=SMALL["occupancies.csv"].replace("P3,S3,2021-05-01,", "P3,S3,2021-05-01,2026-03-15\nP4,S4,,"),
        reporting=SMALL["reporting.csv"].replace("S3,S1,2020-01-01,", "S3,S1,2020-01-01,2026-03-31")
        + "S3,S2,2026-04-01,\nS4,S1,,\n",
    )
    assert report.written, told(report)
    filled = desk.rows(SITTING)
    assert ("P4", "S4", str(EARLIEST), str(LATEST)) in [(*who, str(start), str(end)) for *who, start, end in filled]
    occupancies = "person,seat,valid_from,valid_to\nP5,S5,,\nP4,S4,,\n"
    later = desk.load(None, desk.write({"occupancies.csv": occupancies}) / "occupancies.csv")
    assert later.written, told(later)


def test_the_same_days_told_in_other_stretches_are_no_change_of_closed_months(quick_desk: Desk) -> None:
    quick_desk.small()
    close(quick_desk)
    rows = SMALL["reporting.csv"].replace("S3,S1,2020-01-01,", "S3,S1,2020-01-01,2025-06-30\nS3,S1,2025-07-01,")
    report = quick_desk.small(reporting=rows)
    assert report.written, told(report)


def test_people_with_managers_keep_what_is_closed_and_new_ones_come_in_without_a_start(quick_desk: Desk) -> None:
    lines = staff(quick_desk, STAFF)
    close(quick_desk)
    quick_desk.write({"staff.csv": STAFF.replace("2026-01-31", "2026-02-15")})
    refused = quick_desk.load(TEAM.replace("AS_OF", "2026-04-30"))
    assert "this would change who sits where in them" in told(refused)
    quick_desk.write({"staff.csv": STAFF.replace("3,Cy,Fox,Rep,1", "3,Cy,Fox,Rep,2")})
    early = quick_desk.load(TEAM.replace("AS_OF", "2026-02-10"))
    assert "this would change who reports to whom in them" in told(early)
    later = staff(quick_desk, STAFF + "4,Di,Gray,,2,,\n", "2026-04-30")
    assert later == [*lines, ("4", "2", str(EARLIEST), str(LATEST))]
    headed = staff(
        quick_desk, (STAFF + "4,Di,Gray,,2,,\n").replace("1,Ann,Day,Head,,,", "1,Ann,Day,Head,5,,\n5,Ed,Hay,,,,")
    )
    assert headed[0] == ("1", "5", "2026-03-01", str(LATEST))
