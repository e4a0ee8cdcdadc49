"""How many examples a property is tried on: a share of what the run gives to each, so that a long run lengthens all."""

from hypothesis import settings


def fewer(times: int) -> settings:
    """So many times fewer examples than other properties get, for one that is slow."""
    default = settings.default
    assert default is not None
    return settings(max_examples=max(1, default.max_examples // times), deadline=None)
