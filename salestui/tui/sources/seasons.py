"""What Planning › Seasons shows and changes, and what is typed there and not saved yet."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from salestui.model.values.errors import UsageProblem
from salestui.store.database import Database
from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source

if TYPE_CHECKING:
    from datetime import date
    from io import TextIOWrapper

    from salestui.model.values.rate import Rate
    from salestui.planning.scopes import PlanScope
    from salestui.planning.seasons.commands import ProfileAt
    from salestui.planning.seasons.queries import Profile

T = TypeVar("T")
_DRAFT = "seasons"


class SeasonsReading(NamedTuple):
    """The profiles, the names of the fiscal months, and whose season there is to measure."""

    profiles: "tuple[Profile, ...]"
    months: tuple[str, ...]
    scopes: "tuple[PlanScope, ...]"


class SeasonsSource(Source):
    """Seasonal profiles."""

    def __init__(self, database: Database, *, as_of: "date | None", actor: str) -> None:
        super().__init__(database, as_of=as_of, actor=actor)
        self._weights_draft: tuple[str, TextIOWrapper] | None = None
        self._claiming_weights = Lock()

    def seasons(self, view: View) -> SeasonsReading:
        """All profiles."""
        from salestui.planning.scopes import read_scopes
        from salestui.planning.seasons.queries import read_profiles

        with self._opened(view, view.as_of) as at:
            calendar = at.company.calendar
            months = calendar.months(calendar.year_of(view.period.start))
            names = tuple(
                f"{month.start:%b}" if calendar.scheme == "months" else month.label.partition("-")[2]
                for month in months
            )
            return SeasonsReading(read_profiles(at.reader), names, read_scopes(at.reader, view.as_of, at.company.name))

    def measure_profile(self, view: View, scope: "PlanScope", years: int, name: str) -> str:
        """Measure the season of a scope, and keep it: in the profile of that name, or in a new one."""
        from salestui.planning.seasons.commands import AddProfile, add_profile, set_weights
        from salestui.planning.seasons.queries import measure_season, read_profiles

        with self._opened(view, view.as_of) as at:
            shape = measure_season(at.reader, at.lens, at.company, scope, years)
            known = [each for each in read_profiles(at.reader) if each.name.casefold() == name.strip().casefold()]
        with self._changing(f"Measure the seasonal profile {name.strip()}") as begun:
            if known:
                set_weights(begun, _at(known[0]), shape.weights, shape)
            else:
                add_profile(begun, AddProfile(name, shape.weights, shape))
        return f"{name.strip()} rests on {shape.months} months. {shape.warning}".strip()

    def add_profile(self, name: str, weights: "Sequence[Rate]") -> str:
        """Keep typed weights as a new profile."""
        from salestui.planning.seasons.commands import AddProfile, add_profile

        with self._changing(f"Add the seasonal profile {name.strip()}") as begun:
            add_profile(begun, AddProfile(name, weights))
        return f"Added: {name.strip()}."

    def save_weights(self, typed: "Sequence[tuple[Profile, Sequence[Rate]]]") -> str:
        """Save other weights of profiles as one change."""
        from salestui.planning.seasons.commands import set_weights

        names = ", ".join(profile.name for profile, _ in typed)
        with self._changing(f"Set the weights of {names}") as begun:
            for profile, weights in typed:
                set_weights(begun, _at(profile), weights)
        return f"Saved: the weights of {names}."

    def rename_profile(self, profile: "Profile", name: str) -> str:
        """Give a profile another name."""
        from salestui.planning.seasons.commands import rename_profile

        with self._changing(f"Rename the seasonal profile {profile.name} to {name.strip()}") as begun:
            rename_profile(begun, _at(profile), name)
        return f"Renamed: {profile.name} is {name.strip()} now."

    def drop_profile(self, profile: "Profile") -> str:
        """Drop a profile."""
        from salestui.planning.seasons.commands import delete_profile

        with self._changing(f"Drop the seasonal profile {profile.name}") as begun:
            delete_profile(begun, _at(profile))
        return f"Dropped: {profile.name}. u brings it back."

    def kept_weights(self, folder: str, understood: Callable[[Any], T]) -> T | None:
        """What was typed and not saved last time, as `understood` takes it, unless another window goes on with it.

        From then on this window has a file of its own. DataProblem where what is kept cannot be read.
        """
        from salestui.store import drafts

        with self._claiming_weights:
            if self._weights_draft is None:
                self._weights_draft = drafts.claim_one(folder, self._database, drafts.names_of(_DRAFT))
            if self._weights_draft is None:
                open_in = f"Seasons are open in {drafts.MOST_WINDOWS} windows of yours"
                raise UsageProblem(open_in, remedy="Close one of them.")
            name, _ = self._weights_draft
        plain = drafts.kept(folder, self._database, name)
        try:
            return None if plain is None else understood(plain)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise drafts.unreadable(folder, self._database, name) from error

    def keep_weights(self, folder: str, plain: "Mapping[str, object] | None") -> None:
        """Keep what is typed, after `kept_weights`, or with None nothing any more."""
        from salestui.store import drafts

        if self._weights_draft is None:
            raise RuntimeError("what is kept is read before anything is")
        name, _ = self._weights_draft
        if plain is None:
            drafts.drop(folder, self._database, name)
        else:
            drafts.keep(folder, self._database, name, plain)

    def release_weights(self) -> None:
        """Let other windows go on with what is kept: this one is closing."""
        with self._claiming_weights:
            claimed, self._weights_draft = self._weights_draft, None
        if claimed is not None:
            claimed[1].close()


def _at(profile: "Profile") -> "ProfileAt":
    from salestui.planning.seasons.commands import ProfileAt

    return ProfileAt(profile.id, profile.version)
