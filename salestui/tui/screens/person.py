"""A person's page: where they sit, how they stand, their deals, and the seats they held."""

from collections.abc import Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult

from salestui.metrics.kpis import KpiValue
from salestui.metrics.quota_breakdown import Breakdown
from salestui.metrics.shown import shown
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.people.person import Stay
from salestui.performance.closed import ClosedDeal
from salestui.performance.pipeline import OpenDeal, worth
from salestui.tui.actions.staffing import PERSON
from salestui.tui.navigation import View
from salestui.tui.screens.deal_fields import closed_fields, open_fields
from salestui.tui.screens.figures import MARKS, TONES
from salestui.tui.screens.parts import Fact, Part, Parts, columns_in, fact_rows
from salestui.tui.screens.person_acts import PersonActs
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.people import PeopleSource, PersonReading
from salestui.tui.styles import sheet
from salestui.tui.text import fitted, width_of
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen
from salestui.tui.widgets.lines import Lines, Row, Span

_OPEN, _CLOSED, _QUOTA, _SEATS = range(4)
_TITLE = 12
_SHORT = {"attainment": "Attainment", "coverage": "Coverage", "open_pipeline": "Pipeline"}

STAYS: tuple[Field[Stay], ...] = (
    Field("start", "From", kind="date", width=10),
    Field("end", "To", kind="date", width=10),
    Field("title", "Seat"),
    Field("manager", "Reported to"),
    Field("team", "Team"),
)


QUOTAS: tuple[Field[Breakdown], ...] = (
    Field("month", "Month", width=9, value=lambda each: each.month.start, show=lambda day: f"{day:%b %Y}"),
    Field("base", "Base", kind="number", show=show.money),
    Field("days", "Days", width=8, value=lambda each: f"{each.days} of {each.month.days}"),
    Field("ramp", "Ramp", kind="number", value=lambda each: None if each.ramp == 1 else each.ramp, show=show.percent),
    Field("relieved", "Relief", kind="number", value=lambda each: each.relieved or None, show=show.money),
    Field("effective", "Effective", kind="number", show=show.money),
    Field("line", "How it comes about", width=44),
)


class PersonPage(PersonActs):
    """A page over another; Esc goes back."""

    MODE = "people"
    CONTEXT = PERSON
    HELP = "a person's seat, numbers and deals; Tab goes from part to part, Enter opens a deal."
    CSS_PATH = sheet("people")

    def __init__(self, person: int) -> None:
        super().__init__()
        self._person = person
        self._open_deals: ListModel[OpenDeal] = ListModel(
            (), open_fields(with_account=True), key=lambda deal: str(deal.id), empty="No open deals."
        )
        self._closed_deals: ListModel[ClosedDeal] = ListModel(
            (), closed_fields(with_account=True), key=lambda deal: str(deal.id), empty="No deal closed in this period."
        )
        self._stays: ListModel[Stay] = ListModel(
            (), STAYS, key=lambda stay: f"{stay.start} {stay.title}", empty="No seat is known."
        )

        self._quotas: ListModel[Breakdown] = ListModel(
            (), QUOTAS, key=lambda each: f"{each.month.start} {each.seat}", empty="No quota of their own."
        )

    def body(self) -> ComposeResult:
        """Facts, figures, and the tables."""
        yield Lines(classes="facts")
        yield Lines(classes="rule")
        yield Lines(classes="figures")
        yield Parts(
            (
                Part("Open deals", self._open_deals),
                Part("Closed in the period", self._closed_deals),
                Part("Quota by month", self._quotas),
                Part("Seats and line of command", self._stays),
            )
        )

    def read(self, view: View) -> PersonReading:
        """The person, as of the day everything is seen from."""
        return source_of(self, PeopleSource).person(view, self._person)

    def show(self, reading: PersonReading) -> None:
        """Show them."""
        self._shown = reading
        self._open_deals.replace(reading.open)
        self._closed_deals.replace(reading.closed)
        self._quotas.replace(reading.quotas)
        self._stays.replace(reading.person.stays)
        parts = self.query_one(Parts)
        parts.reload()
        parts.tell(_OPEN, _open_words(reading.open))
        parts.tell(_CLOSED, _closed_words(reading.closed))
        parts.tell(_QUOTA, _quota_words(reading.quotas))
        parts.tell(_SEATS, " › ".join(above.name or f"{above.title} (vacant)" for above in reading.person.line))
        self._lay_out()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self._shown is None or not self.size.width:
            return
        width = self.size.width
        for place, rows in ((".facts", _facts(self._shown, width)), (".figures", kpi_rows(self._shown, width))):
            self.query_one(place, Lines).fill(rows)
        whose = f" {self._shown.measured.name} · {self.shell.view.period.label} "
        rest = "─" * (width - 1 - width_of(whose))
        self.query_one(".rule", Lines).show([(Span("─", "muted"), Span(whose), Span(rest, "muted"))])

    @on(Chosen)
    def open_deal(self, event: Chosen) -> None:
        """Open the deal's page."""
        if event.grid.model in (self._quotas, self._stays):
            return
        from salestui.tui.screens.deal import DealPage

        self.app.push_screen(DealPage(int(event.row_key)))


def _facts(reading: PersonReading, width: int) -> list[Row]:
    person = reading.person
    manager = person.line[0] if person.line else None
    reports_to = None if manager is None else manager.name or f"{manager.title} (vacant)"
    facts = [
        Fact("Seat", person.title),
        Fact("Team", person.team),
        Fact("Reports to", reports_to),
        Fact("Territory", person.territory),
        Fact("Hired", _day(person.hired_on)),
        Fact("Left", _day(person.left_on), "warn") if person.left_on else Fact("Email", person.email),
    ]
    name: Row = (
        Span(f" {person.name}", "strong"),
        *((Span(" has no seat on this day", "warn"),) * (person.seat is None)),
    )
    return [name, *fact_rows(facts, width)]


def kpi_rows(reading: PersonReading, width: int) -> list[Row]:
    """Quota and every KPI that has a value, with how it stands, in as many columns as fit."""
    told: list[tuple[Span, ...]] = [(_label("Quota"), Span(show.money(reading.quota), "strong"))]
    if reading.base_quota != reading.quota:
        told.append((_label("Base quota"), Span(show.money(reading.base_quota)), *_on_the_base(reading.kpis)))
    told += [_kpi(value) for value in reading.kpis if value.value is not None]
    columns = columns_in(width)
    each = width // columns
    return [
        tuple(span for kpi in told[start : start + columns] for span in _filled(kpi, each))
        for start in range(0, len(told), columns)
    ]


def _on_the_base(kpis: Sequence[KpiValue]) -> tuple[Span, ...]:
    """Attainment on the quota before ramps and reliefs."""
    found = next((kpi.base_value for kpi in kpis if kpi.id == "attainment"), None)
    return () if found is None else (Span(f" {show.percent(found)} attained", "muted"),)


def _label(title: str) -> Span:
    return Span(f" {fitted(title, _TITLE)} ", "muted")


def _kpi(value: KpiValue) -> tuple[Span, ...]:
    title = _SHORT.get(value.id, value.title)
    spans = [_label(title), Span(shown(value.value, value.unit), "strong")]
    if value.level:
        spans.append(Span(f" {MARKS[value.level]} {value.status}", TONES[value.level]))
        if value.expected is not None and value.unit in ("ratio", "times"):
            spans.append(Span(f" ({shown(value.expected, value.unit)})", "muted"))
    return tuple(spans)


def _filled(spans: tuple[Span, ...], width: int) -> tuple[Span, ...]:
    """The spans in exactly so many cells."""
    filled: list[Span] = []
    for text, tone in spans:
        room = width - sum(len(span.text) for span in filled)
        if room > 0:
            filled.append(Span(text if len(text) <= room else fitted(text, room), tone))
    left = width - sum(len(span.text) for span in filled)
    return (*filled, Span(" " * left))


def _open_words(deals: tuple[OpenDeal, ...]) -> str:
    known = worth(deals)
    late = f" · {known.late} past due (!)" if known.late else ""
    omitted = sum(deal.omitted for deal in deals)
    left_out = f" · {omitted} of them omitted" if omitted else ""
    return f"{show.count(known.deals)} · {show.money(known.total)}{late}{left_out}" if deals else ""


def _quota_words(quotas: Sequence[Breakdown]) -> str:
    """What of the base their quota is, where it is another."""
    if not any(each.adjusted for each in quotas):
        return ""
    base = Amount.sum(each.base for each in quotas)
    return f"base {show.money(base)} · effective {show.money(Amount.sum(each.effective for each in quotas))}"


def _closed_words(deals: tuple[ClosedDeal, ...]) -> str:
    won = [deal for deal in deals if deal.outcome == "won"]
    total = show.money(Amount.sum(deal.amount for deal in won if deal.amount is not None))
    return f"{show.count(len(won))} won · {total} · {show.count(len(deals) - len(won))} lost" if deals else ""


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
