"""A number of the quota plan, opened: what stands beside it, how it comes to be effective, and its story."""

from datetime import date
from decimal import Decimal

from textual.app import ComposeResult

from salestui.metrics.quota_breakdown import Breakdown
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import LATEST
from salestui.planning.quotas import levels
from salestui.planning.quotas.queries.cell import MOST_SEATS, At, CellView
from salestui.planning.quotas.queries.story import Told
from salestui.planning.quotas.rules.outcome import STEP
from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.parts import Fact, Part, Parts, fact_rows
from salestui.tui.screens.quota_formula import own_first
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quota_beside import QuotaBesideSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.lines import Lines, Row, Span, Tone

_EFFECTIVE, _STORY = range(2)

PARTS: tuple[Field[tuple[str, Breakdown]], ...] = (
    Field("month", "Month", width=6, value=lambda line: line[1].month.start, show=lambda start: f"{start:%b}"),
    Field("name", "Whose", width=16, value=lambda line: line[0]),
    Field("held", "Base", kind="number", value=lambda line: line[1].held, show=show.whole),
    Field(
        "effective",
        "Effective",
        kind="number",
        value=lambda line: line[1].effective,
        show=show.whole,
        tone=lambda line: "warn" if line[1].effective != line[1].held else "normal",
        mark=lambda line: "▼" if line[1].effective != line[1].held else " ",
    ),
    Field("how", "How", value=lambda line: how(line[1])),
)


STORY: tuple[Field[tuple[str, Told, str]], ...] = (
    Field("at", "When", width=12, value=lambda line: line[1].at, show=lambda at: f"{at:%d %b %H:%M}"),
    Field("where", "Quota", width=10, value=lambda line: line[0]),
    Field("before", "From", kind="number", value=lambda line: line[1].before, show=show.whole),
    Field("after", "To", kind="number", value=lambda line: line[1].after, show=show.whole),
    Field("who", "Who", width=8, value=lambda line: line[1].who),
    Field("why", "Why", width=20, value=lambda line: own_first(line[1], line[2])),
    Field("version", "In", value=lambda line: f"v{line[1].plan_version}"),
)


class QuotaCell(BaseScreen[CellView]):
    """A page over the quotas; Esc goes back."""

    MODE = "planning"
    HELP = "a quota or a sum: what it is set against, how it becomes effective, and who changed it when and why."
    READS = frozenset({"quotas", "quota locks", "quota targets", "objectives", "organisation"})
    CSS_PATH = sheet("planning")

    def __init__(self, at: At, label: str, when: str) -> None:
        """Where it stands, what its row is called, and its months."""
        super().__init__()
        self._at, self._label, self._when = at, label, when
        self._shown: CellView | None = None
        self._parts: ListModel[tuple[str, Breakdown]] = ListModel(
            (),
            PARTS,
            key=lambda line: f"{line[1].seat} {line[1].month.start} {line[1].person}",
            empty="Nothing is adjusted.",
        )
        self._story: ListModel[tuple[str, Told, str]] = ListModel(
            (), STORY, key=lambda line: f"{int(line[1].leaf)} {line[1].at} {line[1].plan_version}", empty="No change."
        )

    def body(self) -> ComposeResult:
        """Facts, and the two tables."""
        yield Lines(classes="title")
        yield Lines(classes="facts")
        yield Parts((Part("How it becomes effective", self._parts), Part("Who changed it, newest first", self._story)))

    def read(self, view: View) -> CellView:
        """All that is known there."""
        found = source_of(self, QuotaBesideSource).quota_cell(view, self._at)
        if found is None:
            raise DataProblem(f"{self._label} is in this plan no more")
        return found

    def show(self, reading: CellView) -> None:
        """Show it."""
        self._shown = reading
        self._parts.replace([(_whose(reading, part), part) for part in reading.parts])
        self._story.replace([(reading.name(told.leaf), told, self._label) for told in reading.story])
        parts = self.query_one(Parts)
        parts.reload()
        parts.tell(_EFFECTIVE, _effective(reading))
        parts.tell(_STORY, _too_many(reading) or f"{len(reading.story):,}")
        self._lay_out()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self._shown is None or not self.size.width:
            return
        title = Span(f" {self._label} {self._when} ", "strong")
        self.query_one(".title", Lines).show([(title, Span(f" {self._shown.plan.label} · {self._shown.plan.state}"))])
        rows = facts(self._shown, self.size.width)
        self.query_one(".facts", Lines).fill(rows)


def facts(view: CellView, width: int) -> list[Row]:
    """What stands there and beside it."""
    found = [Fact("Quota", show.money(view.quota, "full"))]
    if view.is_team:
        found += _team_facts(view)
    found.append(Fact("Handed in", None if view.submitted is None else show.money(view.submitted, "full")))
    if view.submitted is not None:
        found.append(Fact("Gap", show.money(levels.gap(view.quota_in, view.submitted), "full")))
    found.append(Fact("Last year", show.whole(view.last_year)))
    if view.before:
        found.append(Fact("Booked in", view.before))
    if view.plan.step != STEP:
        found.append(Fact("Spread in", show.money(view.plan.step, "full")))
    rows = fact_rows(found, width)
    return [*rows, *(fact_rows([fact], min(width, 57))[0] for fact in _long_facts(view))]


def _team_facts(view: CellView) -> list[Fact]:
    found = []
    if view.own is not None:
        found.append(Fact("Own row", f"{show.money(view.own[1], 'full')}  {view.own[0]}"))
    if view.target is None:
        found.append(Fact("Target", None))
    else:
        amount = view.target.amount
        kind = " (objective)" if view.target.from_objective else ""
        over = levels.over_assignment(view.quota, amount)
        left = levels.to_assign(view.quota, amount)
        found.append(Fact("Target", f"{show.money(amount, 'full')}{kind}"))
        found.append(Fact("To assign", show.money(left, "full"), "warn" if left is not None and left.units > 0 else ""))
        found.append(_over(over))
    vacant = f", {view.vacant} vacant" if view.vacant else ""
    found.append(Fact("Seats", f"{view.seats:,}{vacant}"))
    return found


def _over(over: Decimal | None) -> Fact:
    """By how much more, or less, than the target is assigned."""
    if over is None or over >= 0:
        return Fact("Over", show.percent(over, 1))
    return Fact("Under", show.percent(-over, 1))


def _held(view: CellView) -> tuple[str, Tone]:
    """Who is in the seat in these months; a vacant or a planned one says so."""
    start, end = view.months[0].start, view.months[-1].end
    planned = f"the seat begins {_day(view.life[0])}" if view.life is not None and view.life[0] > start else ""
    names = []
    for held in view.held:
        joined = f" from {_day(held.start)}" if held.start > start else ""
        left = f" until {_day(held.end)}" if held.end < end and held.end != LATEST else ""
        names.append(f"{held.who}{joined}{left}")
    told = ", ".join(names) or "nobody: vacant"
    return (f"{planned}; {told}" if planned else told), "" if names else "warn"


def _long_facts(view: CellView) -> list[Fact]:
    """Who set it beside, when and why: of each kind the latest."""
    found = [] if view.is_team else [Fact("Held by", *_held(view))]
    if view.elsewhere is not None:
        whole = Amount.sum(amount for amount in (view.last_year, view.elsewhere) if amount is not None)
        beside = f"{show.whole(view.elsewhere)} by none of these seats; {show.whole(whole)} in all"
        found.append(Fact("Besides", beside))
    if view.submissions:
        latest = max(view.submissions.values(), key=lambda each: each.at)
        found.append(Fact("↥ by", _who(latest.who, latest.at.date(), latest.note)))
        if view.vacant and not view.is_team:
            found.append(Fact("", "nobody sits there now: the figure stays and holds until W takes it back"))
    if view.locks:
        first = max(view.locks.values(), key=lambda each: each.at)
        count = f"{len(view.locks)} locked, " if len(view.locks) > 1 else ""
        found.append(Fact("⚿ locked", f"{count}{_who(first.who, first.at.date(), first.reason)}"))
    if view.target is not None:
        found.append(Fact("Target by", _who(view.target.who, view.target.at.date(), view.target.reason)))
    return found


def _who(who: str, when: date, why: str) -> str:
    return f"{who}, {_day(when)}{f': {why}' if why else ''}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _whose(view: CellView, part: Breakdown) -> str:
    """Who holds the quota of a month; in a team also in which seat, where that is called otherwise."""
    who, seat = part.name or "nobody", view.names.get(part.seat, "")
    if not seat or (part.name and part.name in seat):
        return who
    return f"{seat}: {who}"


def _effective(view: CellView) -> str:
    if view.too_many:
        return _too_many(view)
    if view.effective is None or view.quota is None:
        return ""
    if view.effective == view.quota:
        return f"all {show.money(view.quota, 'full')}"
    told = f"{show.whole(view.effective)} of {show.whole(view.quota)}"
    return f"{told}, {show.whole(view.nobodys)} nobody's" if view.nobodys else told


def _too_many(view: CellView) -> str:
    return f"of up to {MOST_SEATS} seats: open a team" if view.too_many else ""


def how(part: Breakdown) -> str:
    """What makes a month's quota effective in other words than its amounts."""
    words = []
    if part.person is None:
        words.append("vacant")
    if part.ramp != 1:
        words.append(f"ramp {show.percent(part.ramp)}")
    if part.days != part.month.days:
        words.append(f"{part.days} of {part.month.days} days")
    for relief in part.reliefs:
        stays = "" if relief.lowers_team else ", team's stays"
        words.append(f"relief −{show.whole(relief.taken)}: {relief.reason} (by {relief.approver}{stays})")
    return " · ".join(words)
