"""The board shows for each team and person what asking for that one alone gives."""

from itertools import takewhile
from pathlib import Path

import pytest

from salestui.metrics.kpis import read_kpis
from salestui.metrics.reader import AS_IT_WAS, TODAYS_TEAMS, View
from salestui.performance.board import BOARD, read_board
from tests.support.looking import looking


@pytest.mark.parametrize("view", [AS_IT_WAS, TODAYS_TEAMS])
def test_every_row_equals_the_kpis_of_its_scope(demo_path: Path, view: View) -> None:
    with looking(demo_path, view=view) as at:
        board = read_board(at.reader, at.lens, at.places[0].scope, at.period, at.basis, at.places)
        assert [row.place for row in board] == list(at.places)
        for row in board:
            assert row.kpis == read_kpis(at.reader, at.lens, row.place.scope, at.period, at.basis, BOARD)


def test_the_board_of_a_team_holds_that_team_alone(demo_path: Path) -> None:
    with looking(demo_path) as at:
        west = next(place for place in at.places if place.scope.name == "West")
        board = read_board(at.reader, at.lens, west.scope, at.period, at.basis, at.places)
        assert board[0].place == west
        assert board[0].depth == 0
        assert all(row.depth > 0 for row in board[1:])
        following = at.places[at.places.index(west) + 1 :]
        members = tuple(takewhile(lambda place: place.depth > west.depth, following))
        assert tuple(row.place for row in board[1:]) == members
