"""The terminal's clipboard: an escape sequence that the terminal may or may not obey (OSC 52)."""

from base64 import b64encode
from collections.abc import Mapping

MOST_BYTES = 74_000
"""Of more than this, common terminals take nothing at all."""


def sequence(text: str, environ: Mapping[str, str]) -> str:
    """What to send so that the text is in the clipboard; inside tmux, to tmux and to the terminal around it."""
    plain = f"\x1b]52;c;{b64encode(text.encode('utf-8', 'backslashreplace')).decode()}\a"
    if not environ.get("TMUX"):
        return plain
    escaped = plain.replace("\x1b", "\x1b\x1b")
    return f"{plain}\x1bPtmux;{escaped}\x1b\\"
