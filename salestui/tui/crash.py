"""When something breaks that should not: a short message for the user, where it was in a log only they can read."""

import os

from salestui.store.crash import story

FILE = "crash.log"
_MOST_BYTES = 1_000_000


def record(error: BaseException, folder: str) -> str:
    """Add the error to the log in this folder; answers the log's path, or "" where it cannot be written.

    Neither messages nor the values of variables are written down: salaries may be among them.
    """
    path = os.path.join(folder, FILE)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
            os.fchmod(log.fileno(), 0o600)
            if os.fstat(log.fileno()).st_size > _MOST_BYTES:
                log.truncate(0)
            log.write(story(error))
    except OSError:
        return ""
    return path


def told(path: str, *, fatal: bool) -> str:
    """What the user is told about it."""
    what = "salestui has stopped because of" if fatal else "This could not be shown because of"
    where = f"What happened is written in {path}." if path else "What happened could not be written down."
    return f"{what} a fault in the program. What was saved is safe. {where}"
