"""The environment the tests were started in, kept before any test isolates itself from it."""

import os
from collections.abc import Mapping
from types import MappingProxyType

STARTED_WITH: Mapping[str, str] = MappingProxyType(dict(os.environ))

OWN_PREFIX = "SALESTUI_"
LIBPQ_PREFIX = "PG"
TERMINAL_HABITS = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")


def personal(names: Mapping[str, str]) -> list[str]:
    """The variables through which a developer's own settings, databases or terminal would colour a test."""
    return [name for name in names if name.startswith((OWN_PREFIX, LIBPQ_PREFIX)) or name in TERMINAL_HABITS]
