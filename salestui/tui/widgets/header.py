"""The header: where am I, whose numbers of which period, as of when, and what is unsaved."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import product, repeat
from typing import NamedTuple

from salestui.model.values.period import weekdays
from salestui.tui.navigation import View
from salestui.tui.ports import CompanyInfo
from salestui.tui.text import fitted, width_of
from salestui.tui.widgets.lines import Lines, Row, Span, row_width

MODES = ("today", "planning", "people", "performance")
_FULL = ("Today", "Planning", "People", "Performance")
_SHORT = ("Today", "Plan", "People", "Perf")
_NUMBERS = ("", "", "", "")
_BRAND = "salestui"
_SHORTEST_SCOPE = 8
_LEAST_GAP = 3


class HeaderState(NamedTuple):
    """What the header tells."""

    mode: str
    scope: str
    view: View
    company: CompanyInfo
    unsaved: int = 0


class Header(Lines):
    """Two lines, made shorter step by step where the terminal is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self._state: HeaderState | None = None

    def tell(self, state: HeaderState) -> None:
        """Tell this."""
        self._state = state
        self._lay_out()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self._state is not None and self.size.width:
            self.show(header_rows(self._state, self.size.width))


def header_rows(state: HeaderState, width: int) -> tuple[Row, Row]:
    """The header's two lines in so many cells."""
    return _first(state, width), _second(state, width)


def _first(state: HeaderState, width: int) -> Row:
    day, days = state.view.period.day_number(state.view.as_of), state.view.period.days
    period = state.view.period.label
    tails = (f" · {period} · day {day} of {days}", f" · {period} · {day}/{days}")
    lefts = [_modes(state.mode, names) for names in (_FULL, _SHORT, _NUMBERS)]
    branded: Row = (Span(f" {_BRAND} ", "strong"), *lefts[0])
    for left, tail in ((branded, tails[0]), *product(lefts, tails)):
        if row_width(left) + _LEAST_GAP + width_of(state.scope + tail) <= width:
            return _spread(left, (Span(state.scope, "strong"), Span(tail)), width)
    left, tail = lefts[-1], tails[-1]
    room = max(width - row_width(left) - _LEAST_GAP - width_of(tail), _SHORTEST_SCOPE)
    return _spread(left, (Span(fitted(state.scope, min(room, width_of(state.scope))), "strong"), Span(tail)), width)


def _modes(current: str, names: Sequence[str]) -> Row:
    spans = []
    for number, (mode, name, full) in enumerate(zip(MODES, names, _FULL, strict=True), 1):
        if mode == current:
            # The mark stands where others have a blank, so that the current mode is told without colour too.
            spans.append(Span(f"▸{number} {name or full}", "current"))
        else:
            spans.append(Span(f" {number} {name}".rstrip(), "muted"))
    return tuple(spans)


def _spread(left: Row, right: Row, width: int) -> Row:
    gap = max(width - row_width(left) - row_width(right) - 1, 1)
    return (*left, Span(" " * gap), *right)


def _second(state: HeaderState, width: int) -> Row:
    view, company = state.view, state.company
    pinned = " (pinned)" if company.pinned and view.as_of == company.as_of else ""
    day = f" as of {_day(view.as_of)}"
    data, old = _data(company.data_as_of, view.as_of)
    teams = "teams as they were" if view.line == "then" else "teams as they are"
    unsaved = f"{state.unsaved} unsaved" if state.unsaved else ""
    parts = list(filter(None, (f"{day} {view.as_of.year}{pinned}", unsaved, data, company.currency, teams)))
    for shorter in (f"{day}{pinned}", *repeat("", len(parts))):
        if width_of(" · ".join(parts)) <= width:
            break
        if shorter:
            parts[0] = shorter
        elif len(parts) > 1:
            parts.pop()
    return tuple(_joined(parts, {unsaved, data if old else ""}))


def _joined(parts: Sequence[str], warnings: Container[str]) -> Iterable[Span]:
    for position, part in enumerate(parts):
        separator = " · " if position else ""
        yield Span(separator + part, "warn" if part in warnings else "muted")


def _data(moment: datetime | None, seen_from: date) -> tuple[str, bool]:
    """As of when the data is, and whether that is more than one working day ago, which a mark tells too."""
    if moment is None:
        return "", False
    old = weekdays(moment.date() + timedelta(days=1), seen_from) > 1
    return f"data {_moment(moment, seen_from)}{' !' if old else ''}", old


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _moment(moment: datetime, seen_from: date) -> str:
    year = f" {moment.year}" if moment.year != seen_from.year else ""
    return f"{_day(moment.date())}{year} {moment:%H:%M}"
