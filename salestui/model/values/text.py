"""Text from data, made safe for a terminal, a log or a report: no control character acts, every one is seen."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SEPARATORS = frozenset("\u2028\u2029")
_WIDTHLESS = frozenset(("Mn", "Mc", "Me", "Cf"))
_FIRST_COMBINING = "\u0300"


def safe(text: str) -> str:
    """The text with every dangerous character replaced by a visible sign; newline and tab stay. Idempotent."""
    if text.isprintable():
        return text
    return "".join(char if char in "\n\t" else _visible(char) for char in text)


def safe_line(text: str) -> str:
    """The same for one line: newline and tab are replaced too. Idempotent."""
    if text.isprintable():
        return text
    return "".join(map(_visible, text))


def cells(text: str) -> int:
    """How many terminal cells the (safe) text takes: wide characters two, combining and invisible ones none."""
    if text.isascii() or max(text) < _FIRST_COMBINING:
        return len(text)
    return sum(map(_width, text))


def fit(text: str, width: int) -> str:
    """The text if it fits into so many cells, else its beginning and `…`."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    kept, room = "", width - 1
    for char in text:
        room -= _width(char)
        if room < 0:
            break
        kept += char
    return kept + "…"


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0x80 <= code <= 0x9F:
        return f"\\x{code:02x}"
    if char in _BIDI or char in _SEPARATORS or 0xD800 <= code <= 0xDFFF:
        return f"\\u{code:04x}"
    return char


def _width(char: str) -> int:
    if char < _FIRST_COMBINING or "\u2010" <= char <= "\u2027" or "\u2500" <= char <= "\u25fc":
        return 1  # letters of the West, dashes, quotes and ellipsis, what boxes and sparklines are drawn with
    from unicodedata import category, east_asian_width  # a shared library, not loaded for plain text

    if category(char) in _WIDTHLESS or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff":
        return 0
    return 2 if east_asian_width(char) in {"W", "F"} else 1
