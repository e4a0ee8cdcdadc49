"""Changing seasonal profiles: each is one change, and can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from salestui.model.tables.planning import SeasonProfile
from salestui.model.values.errors import DataProblem
from salestui.model.values.rate import Rate
from salestui.model.values.text import fit, safe_line
from salestui.planning.seasons.rules import LONGEST_NAME, Shape, checked, profile_name
from salestui.store.trace import table_of
from salestui.store.work import Work


@dataclass(frozen=True)
class AddProfile:
    """A profile to keep: typed weights, or a measured shape."""

    name: str
    weights: Sequence[Rate]
    shape: Shape | None = None


@dataclass(frozen=True)
class ProfileAt:
    """A profile as it was read."""

    id: int
    version: int


def add_profile(work: Work, command: AddProfile) -> SeasonProfile:
    """Keep a new profile. Refused where another has the name."""
    profile = SeasonProfile(name=_free(work, command.name), weights=_plain(command.weights))
    if command.shape is not None:
        _rest_on(profile, command.shape)
    work.session.add(profile)
    work.session.flush()
    return profile


def set_weights(work: Work, at: ProfileAt, weights: Sequence[Rate], shape: Shape | None = None) -> SeasonProfile:
    """Other weights for a profile: measured anew with `shape`, else typed, and then it rests on no sales any more."""
    profile = work.to_edit(SeasonProfile, at.id, at.version)
    profile.weights = _plain(weights)
    if shape is None:
        profile.kind = "entered"
        profile.years = profile.months = profile.first_month = profile.last_month = None
    else:
        _rest_on(profile, shape)
    return profile


def rename_profile(work: Work, at: ProfileAt, name: str) -> SeasonProfile:
    """Another name. Refused where another profile has it."""
    profile = work.to_edit(SeasonProfile, at.id, at.version)
    profile.name = _free(work, name, but=at.id)
    return profile


def delete_profile(work: Work, at: ProfileAt) -> None:
    """Drop a profile; what was spread by it stays as it is."""
    work.session.delete(work.to_edit(SeasonProfile, at.id, at.version))


def _plain(weights: Sequence[Rate]) -> list[str]:
    return [str(weight) for weight in checked(weights)]


def _rest_on(profile: SeasonProfile, shape: Shape) -> None:
    profile.kind = "measured"
    profile.years, profile.months = shape.years, shape.months
    profile.first_month, profile.last_month = shape.first, shape.last


def _free(work: Work, name: str, but: int | None = None) -> str:
    """The name without blanks around it, if it is one and no other profile has it."""
    wanted = profile_name(name)
    column = table_of(SeasonProfile).c
    rows = work.session.execute(select(column.id, column.name)).all()
    if any(key != but and other.casefold() == wanted.casefold() for key, other in rows):
        raise DataProblem(
            f"There is a profile “{fit(safe_line(wanted), LONGEST_NAME)}” already", remedy="Choose another name."
        )
    return wanted
