"""The ways to spread a sum, by the names that the command line has for them."""

from salestui.cli.quota.aim import Aim
from salestui.cli.quota.place import shown
from salestui.metrics.capacity import read_capacity
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.rules import ways
from salestui.planning.quotas.rules.ways import Way
from salestui.planning.seasons.queries import find_profile, read_profiles

WAYS = ("proportion", "even", "last-year", "capacity", "profile:NAME")


def find_way(aim: Aim, text: str) -> Way:
    """The way that a text names; UsageProblem where it names none."""
    name = text.strip()
    kind, colon, profile = name.partition(":")
    if colon and kind.casefold() == "profile":
        return _profile(aim, profile.strip())
    known = {"proportion": ways.PROPORTION, "even": ways.EVEN}
    if name.casefold() == "last-year":
        return ways.last_year(aim.sheet.like(aim.view.last_year), aim.view.before)
    if name.casefold() == "capacity":
        seats = {node.seat for node in aim.sheet.nodes if node.seat is not None}
        shares = read_capacity(aim.at.reader, aim.at.company.calendar, aim.view.year, seats, aim.at.on)
        return ways.capacity_of_seats(aim.sheet, shares)
    if name.casefold() not in known:
        raise UsageProblem(f"{shown(text)} is no way to spread an amount", expected="one of " + ", ".join(WAYS))
    return known[name.casefold()]


def _profile(aim: Aim, name: str) -> Way:
    return ways.profile(aim.sheet, find_profile(read_profiles(aim.at.reader), name).weights)
