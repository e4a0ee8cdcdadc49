"""The ways to spread a sum, by the names that the command line has for them."""

import json
from decimal import Decimal

from salestui.cli.quota.aim import Aim
from salestui.cli.quota.place import shown
from salestui.metrics.capacity import read_capacity
from salestui.model.values.errors import UsageProblem
from salestui.model.values.rate import Rate
from salestui.planning.quotas.rules import ways
from salestui.planning.quotas.rules.ways import Way

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
    rows = aim.at.reader.rows("SELECT name, CAST(weights AS TEXT) FROM season_profile ORDER BY name")
    for known, weights in rows:
        if known.casefold() == name.casefold():
            return ways.profile(aim.sheet, [Rate(Decimal(weight)) for weight in json.loads(weights)])
    names = ", ".join(known for known, _ in rows)
    raise UsageProblem(
        f"There is no seasonal profile {shown(name)}",
        expected=f"one of {names}" if names else "one that was kept before",
    )
