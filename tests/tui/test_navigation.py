"""Places: back, forward, and where the cursor was."""

from salestui.tui.navigation import Place, Trail
from tests.tui.fake_core import VIEW

TODAY, PEOPLE, EAST = Place("today", VIEW), Place("people", VIEW), Place("people", VIEW._replace(scope="East"))


def test_a_trail_leads_back_and_forward() -> None:
    trail = Trail(TODAY)
    trail.visit(PEOPLE)
    trail.visit(EAST)
    assert trail.back() == PEOPLE
    assert trail.back() == TODAY
    assert not trail.can_go_back
    assert trail.back() == TODAY
    assert trail.forward() == PEOPLE
    assert trail.forward() == EAST
    assert not trail.can_go_forward


def test_a_place_remembers_its_cursor() -> None:
    trail = Trail(TODAY)
    trail.visit(PEOPLE, cursor="row 3")
    assert trail.back(cursor="row 9").cursor == "row 3"
    assert trail.forward().cursor == "row 9"


def test_going_on_from_an_earlier_place_forgets_the_later_ones() -> None:
    trail = Trail(TODAY)
    trail.visit(PEOPLE)
    trail.back()
    trail.visit(EAST)
    assert not trail.can_go_forward
    assert trail.back() == TODAY


def test_staying_is_no_visit() -> None:
    trail = Trail(TODAY)
    trail.visit(Place("today", VIEW, "elsewhere"))
    assert not trail.can_go_back


def test_a_trail_does_not_grow_for_ever() -> None:
    trail = Trail(TODAY)
    for number in range(3 * Trail.LENGTH):
        trail.visit(Place("people", VIEW._replace(scope=str(number))))
    steps = 0
    while trail.can_go_back:
        trail.back()
        steps += 1
    assert steps == Trail.LENGTH - 1
