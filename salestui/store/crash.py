"""What remains of a mistake in the program: a log of where it happened, without data, readable by its owner alone."""

import os
import traceback
from datetime import UTC, datetime

from salestui.store.settings import state_folder


def report(error: BaseException) -> str:
    """Write the error's stack to the log, without variables or messages that might quote data; say what happened."""
    folder = state_folder()
    path = os.path.join(folder, "salestui.log")
    stack = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    entry = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC {type(error).__module__}.{type(error).__name__}\n{stack}\n"
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
