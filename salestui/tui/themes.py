"""How the app is coloured. Colour only repeats what a mark, a word or a style says already."""

from collections.abc import Mapping
from functools import lru_cache

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line

QUIET, LIGHT, HIGH_CONTRAST, SIXTEEN, NO_COLOUR = "quiet", "light", "high-contrast", "16-colour", "no-colour"
NAMES = (QUIET, LIGHT, HIGH_CONTRAST, SIXTEEN, NO_COLOUR)

_ANSI = {"ansi-background": "ansi_default", "ansi-foreground": "ansi_default", "text-muted": "ansi_default"}
_THEMES = (
    Theme(
        name=QUIET,
        primary="#7aa2c8",
        secondary="#8a93a3",
        accent="#9db8d4",
        success="#8fbf8f",
        warning="#d9b36c",
        error="#e08585",
        foreground="#cdd2da",
        background="#15181d",
        surface="#1c2027",
        panel="#252a33",
        variables={"text-muted": "#8d96a5", "text-disabled": "#667080", "block-cursor-text-style": "none"},
    ),
    Theme(
        name=LIGHT,
        primary="#2f5d8a",
        secondary="#5b6472",
        accent="#24507b",
        success="#2f6b36",
        warning="#8a5a00",
        error="#a8322d",
        foreground="#23272e",
        background="#fbfbf8",
        surface="#f1f1ec",
        panel="#e6e6df",
        dark=False,
        variables={"text-muted": "#5d6572", "text-disabled": "#8b929c", "block-cursor-text-style": "none"},
    ),
    Theme(
        name=HIGH_CONTRAST,
        primary="#00d7ff",
        secondary="#ffffff",
        accent="#ffff00",
        success="#5fff5f",
        warning="#ffd700",
        error="#ff8787",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        variables={"text-muted": "#e4e4e4", "text-disabled": "#bcbcbc", "text": "#ffffff"},
    ),
    Theme(
        name=SIXTEEN,
        ansi=True,
        primary="ansi_cyan",
        secondary="ansi_blue",
        accent="ansi_cyan",
        success="ansi_green",
        warning="ansi_yellow",
        error="ansi_red",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={**_ANSI, "text-disabled": "ansi_bright_black", "border": "ansi_bright_black"},
    ),
    Theme(
        name=NO_COLOUR,
        ansi=True,
        primary="ansi_default",
        secondary="ansi_default",
        accent="ansi_default",
        success="ansi_default",
        warning="ansi_default",
        error="ansi_default",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={**_ANSI, "text-disabled": "ansi_default", "border": "ansi_default"},
    ),
)


_BOLD = frozenset({"strong", "current", "key", "warn", "bad", "total", "head"})


@lru_cache(maxsize=256)
def style_of(tone: str, theme: str) -> Style:
    """How text of that tone looks in the theme of that name.

    Not by classes in the style sheet: Textual would match each of them for every line it puts on the screen.
    """
    known = next((candidate for candidate in _THEMES if candidate.name == theme), _THEMES[0])
    colours = {
        "muted": known.variables["text-muted"],
        "current": known.accent,
        "key": known.accent,
        "good": known.success,
        "warn": known.warning,
        "bad": known.error,
    }
    colour = colours.get(tone)
    return Style(
        color=Color.parse(colour).rich_color if colour else None,
        bold=tone in _BOLD or None,
        reverse=tone == "cursor" or None,
        underline=tone == "cursor-idle" or None,
    )


def all_themes() -> tuple[Theme, ...]:
    """The themes to choose from."""
    return _THEMES


def named(text: str) -> str:
    """The theme of that name; UsageProblem names those there are."""
    wanted = text.strip().lower()
    if wanted not in NAMES:
        raise UsageProblem(f"There is no theme “{safe_line(text)}”", expected="one of " + ", ".join(NAMES))
    return wanted


def first(wanted: str | None, environ: Mapping[str, str], colour_system: str | None) -> str:
    """The theme to begin with: none of the colours where NO_COLOR forbids them, the settings' own, what fits else."""
    if environ.get("NO_COLOR"):
        return NO_COLOUR
    if wanted:
        return named(wanted)
    return SIXTEEN if colour_system in (None, "standard", "windows") else QUIET
