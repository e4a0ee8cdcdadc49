"""What commands say beside their data: to stderr, so that a pipe carries data alone."""

import sys

from salestui.model.values.text import safe


def say(text: str) -> None:
    """Tell the user, whatever stands in names and paths."""
    print(safe(text), file=sys.stderr, flush=True)
