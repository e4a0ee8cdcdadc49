"""Where the styles and the sample company lie: inside an installed package, beside it in a checkout."""

import os

from salestui.model.values.errors import Problem

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_INSTALLED = os.path.join(_PACKAGE, "_data")


def resource(name: str) -> str:
    """The path of a file or folder that travels with the program: `styles`, `sample_data` or something in them."""
    path = os.path.join(_INSTALLED if os.path.isdir(_INSTALLED) else os.path.dirname(_PACKAGE), name)
    if not os.path.exists(path):
        raise Problem(f"A part of salestui is missing: {name}.", where=path, remedy="Install salestui again.")
    return path
