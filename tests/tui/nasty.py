"""Text as an attacker, an importer or the world would write it."""

from hypothesis import strategies as st

PIECES = (
    "[bold]",
    "[/]",
    "[@click=app.quit]",
    "Ann [/Q1] Lee",
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x1b[2J",
    "\x9b5n",
    "\r",
    "\n",
    "\t",
    "\x00",
    "\x7f",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u2028",
    "\u200b",
    "\u200d",
    "\ufe0f",
    "\u00ad",
    "e\u0301",
    "\u0301\u0302\u0303",
    "株式会社",
    "한국어",
    "العربية",
    "हिन्दी",
    "👩\u200d👩\u200d👧",
    "👍🏽",
    "🇩🇪",
    "1\ufe0f\u20e3",
    "\ud800",
    "=1+1",
    "…",
    "x" * 200,
    " ",
)

NASTY = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=5).map("".join)
