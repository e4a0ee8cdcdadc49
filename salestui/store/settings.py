"""Settings of this user: a TOML file, the environment over it, options over that."""

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple

from salestui.model.values.errors import UsageProblem


class Known(NamedTuple):
    """A setting that exists: its key, what it means, and an example for the error message."""

    key: str
    meaning: str
    example: str


KNOWN = (
    Known("db", "the database: a path, or a URL such as postgresql://host/name", '"~/sales.db"'),
    Known("as_of", "the day everything is seen from", '"2026-03-31"'),
    Known("actor", "who you are in the history of changes", '"Kim Park"'),
    Known("scope", "whose numbers come first: a team, a person, or company", '"West"'),
    Known("period", "the period that comes first", '"this"'),
    Known("theme", "the app's theme", '"light"'),
    Known("mouse", "whether the app listens to the mouse", '"off"'),
)


class Setting(NamedTuple):
    """A setting's value and where it came from: an option, an environment variable, the file, or the default."""

    value: str | None
    origin: str


class Settings(NamedTuple):
    """What holds for this run, by key."""

    path: str
    values: Mapping[str, Setting]

    def get(self, key: str) -> str | None:
        """The value of `key`, or None where nothing sets it."""
        return self.values[key].value


def _folder(variable: str, fallback: str, environ: Mapping[str, str]) -> str:
    base = environ.get(variable, "")
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), *fallback.split("/"))
    return os.path.join(base, "salestui")


def config_folder(environ: Mapping[str, str] = os.environ) -> str:
    """Where settings and the keymap live (XDG base directory rule)."""
    return _folder("XDG_CONFIG_HOME", ".config", environ)


def state_folder(environ: Mapping[str, str] = os.environ) -> str:
    """Where the log lives."""
    return _folder("XDG_STATE_HOME", ".local/state", environ)


def data_folder(environ: Mapping[str, str] = os.environ) -> str:
    """Where the database lives unless something else is said."""
    return _folder("XDG_DATA_HOME", ".local/share", environ)


def _read_file(path: str) -> dict[str, str]:
    try:
        with open(path, "rb") as file:
            written = file.read()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageProblem(f"The settings cannot be read: {error.strerror}.", where=path) from error
    import tomllib

    try:
        content = tomllib.loads(written.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem(
            f"The settings are not valid TOML: {error}.", where=path, remedy="Mend that line, or move the file away."
        ) from error
    known = {setting.key: setting for setting in KNOWN}
    for key, value in content.items():
        if key not in known:
            raise UsageProblem(
                f"There is no setting {key!r}.", where=path, expected="one of " + ", ".join(known), remedy="Remove it."
            )
        if not isinstance(value, str):
            raise UsageProblem(
                f"The setting {key} is not a text in quotes.", where=path, expected=f"{key} = {known[key].example}"
            )
    return content


def load(options: Mapping[str, str | None], environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this run: `options` by key (None where not given), over `SALESTUI_*`, over the file."""
    path = os.path.join(config_folder(environ), "config.toml")
    file = _read_file(path)
    values: dict[str, Setting] = {}
    for key, _meaning, _example in KNOWN:
        option = options.get(key)
        variable = "SALESTUI_" + key.upper()
        if option is not None:
            values[key] = Setting(option, "option")
        elif environ.get(variable):
            values[key] = Setting(environ[variable], variable)
        elif key in file:
            values[key] = Setting(file[key], path)
        elif key == "db":
            values[key] = Setting(os.path.join(data_folder(environ), "salestui.db"), "default")
        else:
            values[key] = Setting(None, "default")
    return Settings(path, values)


def actor_name(settings: Settings) -> str:
    """Who acts: from the settings, else the system's user."""
    named = settings.get("actor")
    if named:
        return named
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}" if sys.platform != "win32" else "user"
