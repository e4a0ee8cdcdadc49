"""What remains of a mistake in the program: a log of where it happened, without data, readable by its owner alone."""

import os
import traceback
from datetime import UTC, datetime

from salestui.model.values.text import safe
from salestui.store.settings import state_folder


def report(error: BaseException) -> str:
    """Write the error's stack to the log, without variables or messages that might quote data; say what happened."""
    folder = state_folder()
    path = os.path.join(folder, "salestui.log")
    entry = story(error)
    told = f"An error that should not happen ({type(error).__name__}). Nothing half-done was saved."
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        os.fchmod(descriptor, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(entry)
    except OSError as trouble:
        return f"{told} The log could not be written: {trouble.strerror}."
    return f"{told} Where it happened is in {path}."


def story(error: BaseException) -> str:
    """When it happened, the kinds of error that led to one another, the last first, and where each came from.

    Neither variables nor messages are in it: both may quote data, as those of a database quote whole rows.
    """
    parts = [f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"]
    led: BaseException | None = error
    while led is not None:
        stack = "".join(traceback.format_list(traceback.extract_tb(led.__traceback__)))
        parts.append(f"{type(led).__module__}.{type(led).__name__}\n{stack}")
        led = led.__cause__ or (None if led.__suppress_context__ else led.__context__)
    return safe(" ".join(parts)) + "\n"
