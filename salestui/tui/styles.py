"""Where the app's style sheets lie: beside the package in a checkout, inside it once installed."""

import os

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_FOLDERS = (os.path.join(_PACKAGE, "_data", "styles"), os.path.join(os.path.dirname(_PACKAGE), "styles"))


def sheet(name: str) -> str:
    """The path of the style sheet of that name, such as `shared` or an umbrella's."""
    paths = [os.path.join(folder, f"{name}.tcss") for folder in _FOLDERS]
    return next(filter(os.path.exists, paths), paths[-1])
