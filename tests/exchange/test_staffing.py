"""Ramps, who follows them, reliefs and pay at target: taken in, changed, and refused by row and column."""

import pytest

from salestui.store.company import CLOSED_THROUGH
from tests.exchange.support import Desk, told
from tests.support.companies import building

FILES = {
    "ramps": "id,name,shares\nR1,New,0;0.25;0.5\nR2,Quick,50%\n",
    "rampings": "person,seat,ramp,starts_on\nP2,S2,R1,2026-01-01\n",
    "reliefs": (
        "id,person,seat,valid_from,valid_to,share,amount,reason,approver,lowers_team\n"
        "E1,P2,S2,2026-04-01,2026-04-30,25%,,Leave,Kim,no\n"
        "E2,P3,,2026-02-01,2026-02-28,,100,Territory given away,Kim,\n"
    ),
    "pay": (
        "id,person,base,variable,valid_from,valid_to\nY1,P2,70000,30000,,2026-03-31\nY2,P2,75000,30000,2026-04-01,\n"
    ),
}
RELIEFS = "id,person,seat,valid_from,valid_to,share,amount,reason,approver,lowers_team\n"


def test_they_arrive_whole_and_a_second_import_changes_nothing(desk: Desk) -> None:
    report = desk.small(**FILES)
    assert not report.refusals, told(report)
    counts = {kind: report.counts[kind].inserted for kind in ("ramp", "ramping", "relief", "target_pay")}
    assert counts == {"ramp": 2, "ramping": 1, "relief": 2, "target_pay": 2}
    reliefs = desk.rows(
        "SELECT e.source_id, s.source_id, e.share, e.amount, e.lowers_team FROM relief e"
        " JOIN seat s ON s.id = e.seat_id ORDER BY 1"
    )
    assert [(*row, bool(lowers)) for *row, lowers in reliefs] == [
        ("E1", "S2", 250_000_000, None, False),
        ("E2", "S3", None, 1_000_000, True),
    ]
    assert desk.one("SELECT total FROM measure_company WHERE measure = 'quota' AND day = '2026-01-01'") == 0
    assert (
        desk.one("SELECT total FROM measure_company WHERE measure = 'base_quota' AND day = '2026-01-01'") == 5_000_000
    )
    again = desk.small(**FILES)
    assert not again.written


def test_another_ramp_another_day_and_another_relief_are_updates(quick_desk: Desk) -> None:
    quick_desk.small(**FILES)
    changed = {
        "ramps": FILES["ramps"].replace("0;0.25", "0.1;0.25"),
        "rampings": FILES["rampings"].replace("2026-01-01", "2026-02-01"),
        "reliefs": FILES["reliefs"].replace("25%", "100%"),
    }
    report = quick_desk.small(**FILES | changed)
    assert [report.counts[kind].updated for kind in ("ramp", "ramping", "relief")] == [1, 1, 1], told(report)


@pytest.mark.parametrize(
    ("file", "content", "where", "wrong"),
    [
        ("ramps", "id,name,shares\nR1,New,0;half\n", "ramps.csv, row 2, shares", "“half” is not a number"),
        ("ramps", "id,name,shares\nR1,New,0;;1\n", "ramps.csv, row 2, shares", "A share is missing"),
        ("ramps", "id,name,shares\nR1,New,0;25\n", "ramps.csv, row 2, shares", "“25” is no share"),
        ("ramps", f"id,name,shares\nR1,New,{';'.join('0' * 61)}\n", "ramps.csv, row 2, shares", "61 months"),
        ("rampings", "person,seat,ramp,starts_on\nP2,S2,R9,2026-01-01\n", "rampings.csv, row 2, ramp", "no “R9”"),
        ("rampings", "person,seat,ramp,starts_on\nP2,S3,R1,2026-01-01\n", "row 2, starts_on", "do not hold that seat"),
        ("reliefs", RELIEFS + "E1,P2,S3,2026-04-01,,1,,Leave,Kim,\n", "row 2, valid_from", "do not hold that seat"),
        ("reliefs", RELIEFS + "E1,P2,S2,2026-04-01,,1.5,,Leave,Kim,\n", "row 2, share", "1.5 is no share"),
        ("reliefs", RELIEFS + "E1,P2,S2,2026-04-01,,,,Leave,Kim,\n", "row 2, share", "or else an amount"),
        ("reliefs", RELIEFS + "E1,P2,S2,2026-04-01,,,10,Leave,Kim,\n", "row 2, valid_to", "spread over the days"),
        ("reliefs", RELIEFS + "E1,P2,S2,2026-04-01,,1,,,Kim,\n", "row 2, reason", "nothing here"),
        ("reliefs", RELIEFS + "E1,P2,S2,2026-04-01,,1,,Leave,Kim,perhaps\n", "row 2, lowers_team", "not known"),
        ("reliefs", RELIEFS + "E1,P2,S2,2026-04-01,2026-03-01,1,,Leave,Kim,\n", "row 2, valid_to", "before it begins"),
        (
            "reliefs",
            RELIEFS + "E1,P2,S2,2026-04-01,,0.6,,Leave,Kim,\nE2,P2,S2,2026-05-01,,0.5,,Leave,Kim,\n",
            "reliefs.csv, row 3, share",
            "comes to 110% on 2026-05-01",
        ),
        ("pay", "id,person,base,variable,valid_from,valid_to\nY1,P2,-1,5,,\n", "pay.csv, row 2, base", "is no pay"),
        (
            "pay",
            "id,person,base,variable,valid_from,valid_to\nY1,P2,1,5,,\nY2,P2,1,5,2026-01-01,\n",
            "pay.csv, row 3, valid_from",
            "is told before, in pay.csv, row 2",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_place(
    quick_desk: Desk, file: str, content: str, where: str, wrong: str
) -> None:
    report = quick_desk.small(**FILES | {file: content})
    assert not report.written
    assert wrong in told(report)
    assert all(part in told(report) for part in where.split(", ")[-2:])


def test_reliefs_that_change_places_in_one_file_are_no_overlap(quick_desk: Desk) -> None:
    rows = "E1,P2,S2,2026-0{},2026-0{}-30,0.9,,Leave,Kim,\nE2,P2,S2,2026-0{},2026-0{}-30,0.8,,Leave,Kim,\n"
    quick_desk.small(**FILES | {"reliefs": RELIEFS + rows.format("4-01", 4, "6-01", 6)})
    report = quick_desk.small(**FILES | {"reliefs": RELIEFS + rows.format("6-01", 6, "4-01", 4)})
    assert report.counts["relief"].updated == 2, told(report)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("ramps", "0;0.25", "0.5;0.25"),
        ("rampings", "S2,R1,", "S2,R2,"),
        ("reliefs", "2026-02-28,,100", "2026-02-28,,50"),
        ("reliefs", "2026-02-01,2026-02-28", "2026-02-01,2026-02-20"),
        ("reliefs", "2026-04-01,2026-04-30,25%", "2026-02-01,2026-04-30,25%"),
    ],
)
def test_what_is_closed_is_not_changed_by_an_import(quick_desk: Desk, file: str, old: str, new: str) -> None:
    quick_desk.small(**FILES)
    with building(quick_desk.engine) as company:
        company.setting(CLOSED_THROUGH, "2026-02-28")
    assert old in FILES[file]
    report = quick_desk.small(**FILES | {file: FILES[file].replace(old, new)})
    assert not report.written
    assert "The months up to 2026-02-28 are closed" in told(report)


def test_what_is_not_closed_yet_may_change(quick_desk: Desk) -> None:
    quick_desk.small(**FILES)
    with building(quick_desk.engine) as company:
        company.setting(CLOSED_THROUGH, "2026-02-28")
    changed = {
        "ramps": FILES["ramps"].replace("0.5\n", "0.6\n"),
        "reliefs": FILES["reliefs"].replace("25%", "30%").replace("Territory given away", "Territory split"),
    }
    report = quick_desk.small(**FILES | changed)
    assert not report.refusals, told(report)
    assert [report.counts[kind].updated for kind in ("ramp", "relief")] == [1, 2]
