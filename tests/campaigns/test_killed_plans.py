"""kill -9 while whole plans are saved and taken back: a plan is there as one change left it, never half of one."""

import random
from collections.abc import Callable

from salestui.metrics.checking import check
from salestui.metrics.work import undo_last, work
from salestui.planning.quotas.commands.amounts import set_units
from salestui.planning.quotas.queries.outline import read_leaves
from salestui.planning.quotas.sheet import Units
from salestui.store.database import Database, parse
from salestui.store.quick import open_reader
from salestui.store.schema import open_current
from tests.store.support import finished, killed, started
from tests.support.big_company import build_big
from tests.support.companies import KIM

PEOPLE, LINES = 60, 2
LEAVES = PEOPLE * LINES * 12
ONE = 10_000
SEED = 2026


def leaves_of(database: Database, plan: int) -> Units:
    """Every quota of a plan."""
    with open_reader(database) as reader:
        return {leaf: units for part in read_leaves(reader, plan) for leaf, units in part.items()}


def raise_all(database: Database, plan: int) -> None:
    """Raise every quota by one, on and on, and take every third raise back."""
    writer = open_current(database, write=True)
    base, step = leaves_of(database, plan), 0
    while True:
        step += 1
        raised: Units = {leaf: (units or 0) + ONE for leaf, units in base.items()}
        with work(writer, KIM, "raise") as begun:
            set_units(begun, plan, raised, base)
        if step % 3 == 0:
            undo_last(writer, KIM)
        else:
            base = raised


def raise_own(database: Database, plan: int, half: int, times: int) -> None:
    """Raise the quotas of every other seat, so many times."""
    writer = open_current(database, write=True)
    for _ in range(times):
        whole = leaves_of(database, plan)
        base = {leaf: units for leaf, units in whole.items() if (leaf >> 42) % 2 == half}
        raised = {leaf: (units or 0) + ONE for leaf, units in base.items()}
        with work(writer, KIM, "raise") as begun:
            set_units(begun, plan, raised, base)


def test_a_kill_leaves_a_plan_whole(database_url: str, rounds: Callable[[int, int], range]) -> None:
    database, chance = parse(database_url), random.Random(SEED)
    plan = build_big(open_current(database, write=True), PEOPLE, LINES)
    first = leaves_of(database, plan)
    assert len(first) == LEAVES
    for _ in rounds(4, 200):
        killed(started(raise_all, database, plan), chance.uniform(0.05, 0.8))
        assert check(database).sound
        by = {(units or 0) - (first[leaf] or 0) for leaf, units in leaves_of(database, plan).items()}
        assert len(by) == 1
        with open_reader(database) as reader:
            changes = reader.rows("SELECT count(*) FROM change")[0][0]
            assert reader.rows("SELECT count(*) FROM event") == [(changes * LEAVES,)]


def test_two_who_save_their_halves_of_a_plan_lose_nothing(
    database_url: str, rounds: Callable[[int, int], range]
) -> None:
    database, times = parse(database_url), len(rounds(4, 100))
    plan = build_big(open_current(database, write=True), PEOPLE, LINES)
    first = leaves_of(database, plan)
    finished([started(raise_own, database, plan, half, times) for half in (0, 1)])
    assert leaves_of(database, plan) == {leaf: (units or 0) + times * ONE for leaf, units in first.items()}
    assert check(database).sound
