"""`salestui season`: seasonal profiles, twelve weights by fiscal month that sum to 100, typed or measured."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from salestui.cli.actions import with_actions
from salestui.cli.output import as_json, emit, table
from salestui.cli.planned import changing, planned
from salestui.cli.words import say
from salestui.model.values.text import safe_line
from salestui.store.settings import Settings

if TYPE_CHECKING:
    from salestui.planning.seasons.queries import Profile
    from salestui.planning.seasons.rules import Shape, Weights

_ACTIONS = {
    "list": "the profiles, their weights and what these rest on",
    "measure": "keep the season of past sales as a profile",
    "set": "keep twelve typed weights as a profile",
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    made = with_actions(parser, _ACTIONS)
    for name in ("measure", "set"):
        made[name].add_argument("name", metavar="NAME", help="what the profile is called")
        made[name].add_argument("--dry-run", action="store_true", help="say what would be kept, and write nothing")
    made["measure"].add_argument("--scope", metavar="NAME", help="a team, territory:NAME or line:NAME (the company)")
    made["measure"].add_argument("--years", type=int, metavar="N", help="up to so many complete fiscal years (3)")
    made["set"].add_argument("weights", nargs="+", metavar="WEIGHT", help="twelve, that sum to 100")


def run(options: Namespace, settings: Settings) -> int:
    """Do it."""
    if options.action == "list":
        return _list(options, settings)
    if options.action == "set":
        from salestui.planning.seasons.rules import parse_weights

        return _keep(options, settings, parse_weights(" ".join(options.weights)), None)
    from salestui.planning.seasons.queries import USUAL_YEARS, measure_season

    with planned(settings) as at:
        years = USUAL_YEARS if options.years is None else options.years
        shape = measure_season(at.reader, at.lens, at.company, at.scope(options.scope), years)
    return _keep(options, settings, shape.weights, shape)


def _keep(options: Namespace, settings: Settings, weights: "Weights", shape: "Shape | None") -> int:
    """Keep the weights under the name: in the profile that has it, or in a new one."""
    from salestui.planning.seasons.commands import AddProfile, ProfileAt, add_profile, set_weights
    from salestui.planning.seasons.queries import read_profiles

    name = options.name.strip()
    with planned(settings) as at:
        known = [each for each in read_profiles(at.reader) if each.name.casefold() == name.casefold()]
    with changing(settings, f"Set the seasonal profile {name}", dry_run=options.dry_run) as begun:
        if known:
            set_weights(begun, ProfileAt(known[0].id, known[0].version), weights, shape)
        else:
            add_profile(begun, AddProfile(name, weights, shape))
    if shape is not None and shape.warning:
        say(shape.warning)
    if options.dry_run:
        weighed = [str(weight) for weight in weights]
        say(f"{name}: {' '.join(weighed)}.")
        if options.json:
            emit(as_json({"name": name, "weights": weighed, "written": False}))
        return 0
    with planned(settings) as at:
        (kept,) = (each for each in read_profiles(at.reader) if each.name.casefold() == name.casefold())
    say(f"{kept.name}: {kept.rests_on}.")
    if options.json:
        emit(as_json(_document(kept)))
    return 0


def _list(options: Namespace, settings: Settings) -> int:
    from salestui.planning.seasons.queries import read_profiles

    with planned(settings) as at:
        profiles = read_profiles(at.reader)
    if options.json:
        emit(as_json([_document(profile) for profile in profiles]))
    elif profiles:
        emit(_page(profiles))
    else:
        emit("There is no seasonal profile yet. Measure one with: salestui season measure Company")
    return 0


def _page(profiles: "tuple[Profile, ...]") -> str:
    parts = []
    for profile in profiles:
        weights = [str(weight) for weight in profile.weights]
        parts.append(safe_line(f"{profile.name}: {profile.rests_on}"))
        parts.append(table([[f"P{number}" for number in range(1, 13)], weights], ["right"] * len(weights)))
    return "\n".join(parts)


def _document(profile: "Profile") -> dict[str, Any]:
    return {
        "name": profile.name,
        "kind": profile.kind,
        "weights": [str(weight) for weight in profile.weights],
        "years": profile.years,
        "months": profile.months,
        "first_month": profile.first_month,
        "last_month": profile.last_month,
    }
