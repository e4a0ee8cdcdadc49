"""What the forecast says in words, and what its chart and table are made of."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from salestui.forecasting.series import Forecast
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.period import Period
from salestui.planning.forecasts import Answer, History, Month, MonthAhead, Range, months_ahead
from salestui.tui.widgets.chart.figures import Figure, Form, Names, Slot
from salestui.tui.widgets.grid.list_model import Field
from salestui.tui.widgets.lines import Row, Span

NAMES = Names("booked", "forecast", "80%", "95%", "quota")
_LEAST, _MOST = Decimal("0.01"), Decimal("0.99")
_SLOT = 3
_BESIDE = 8


class MonthRow(NamedTuple):
    """A month in the table."""

    label: str
    booked: Amount | None
    point: Amount | None
    inner: Range | None
    outer: Range | None
    quota: Amount | None


def _range_text(found: Range) -> str:
    return range_text(found.low, found.high)


FIELDS: tuple[Field[MonthRow], ...] = (
    Field("label", "Month", frozen=True),
    Field("booked", "Booked", kind="number", show=show.money),
    Field("point", "Forecast", kind="number", show=show.money),
    Field("inner", "80%", kind="number", show=_range_text),
    Field("outer", "95%", kind="number", show=_range_text),
    Field("quota", "Quota", kind="number", show=show.money),
)


def range_text(low: Amount, high: Amount) -> str:
    """`39.8–42.9M`: the unit once where both have the same."""
    first, last = show.money(low), show.money(high)
    if first[-1:] == last[-1:] and first[-1:].isalpha():
        first = first[:-1]
    return f"{first}–{last}"


def answer_row(answer: Answer) -> Row:
    """Whether a period will make it, in a sentence."""
    if answer.over:
        return (Span(f" {answer.period.label} ended at "), Span(show.money(answer.middle), "strong"), *_reached(answer))
    inner = answer.ranges[0]
    return (
        Span(f" {answer.period.label} will probably end at "),
        Span(show.money(answer.middle), "strong"),
        Span(f" (80%: {range_text(inner.low, inner.high)}); "),
        *_likely(answer),
    )


def unanswered_row(history: History, period: Period) -> Row:
    """Why nothing is said of a period: it is not of whole months, or begins or ends where nothing is known."""
    first, last = (history.past or history.ahead)[0].period, history.ahead[-1].period
    if period.end > last.end:
        why = f"reaches beyond {last.label}, the last month that is forecast"
    elif period.end < first.start:
        why = f"is before {first.label}, the first month with sales"
    else:
        why = "is not of whole months"
    return (Span(f" {period.label} {why}.", "muted"),)


def _likely(answer: Answer) -> Row:
    if answer.quota is None:
        return (Span("no quota is set", "muted"),)
    if answer.chance is None:
        return (Span(f"quota {show.money(answer.quota)}, not set for {_months(answer.without)}", "muted"),)
    if answer.booked >= answer.quota:
        return (Span(f"quota {show.money(answer.quota)} "), Span("is reached", "strong"))
    if answer.chance < _LEAST:
        chance = "<1%"
    elif answer.chance > _MOST:
        chance = ">99%"
    else:
        chance = show.percent(answer.chance)
    return (Span(f"quota {show.money(answer.quota)}: "), Span(chance, "strong"), Span(" likely"))


def _reached(answer: Answer) -> Row:
    if answer.quota is None:
        return (Span("; no quota was set", "muted"),)
    reached = answer.middle >= answer.quota
    return (Span(f"; quota {show.money(answer.quota)}: "), Span("reached" if reached else "missed", "strong"))


def notes(history: History, forecast: Forecast) -> str:
    """What the forecast rests on, and what was done to the data."""
    begun = history.ahead[0]
    sold = len(history.series.values)
    said = [f"{_months(sold)} of history", forecast.model, *forecast.notes]
    if history.until is not None:
        said.append(f"the data ends on {history.until:%d %b %Y}")
    if begun.booked is not None:
        said.append(f"{begun.period.label} has {show.money(begun.booked)} so far")
    return "; ".join(said) + "."


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def month_rows(history: History, forecast: Forecast | None) -> tuple[MonthRow, ...]:
    """Every month that was, and those ahead as far as they are worth showing."""
    rows = [_row(month) for month in history.past]
    if forecast is None:
        rows += map(_row, history.ahead[: history.shown])
    else:
        rows += [_row(found.month, found) for found in months_ahead(history, forecast)]
    return tuple(rows)


def _row(month: Month, found: MonthAhead | None = None) -> MonthRow:
    row = MonthRow(month.period.label, month.booked, None, None, None, month.quota)
    if found is None:
        return row
    inner, outer = found.ranges
    return row._replace(point=found.point, inner=inner, outer=outer)


def figure(history: History, forecast: Forecast | None, form: Form, width: int) -> Figure:
    """The chart: in bars as many months as are wide enough to be told apart, as a line all of them."""
    ahead: Sequence[MonthAhead] = () if forecast is None else months_ahead(history, forecast)
    slots = [_slot(found.month, found) for found in ahead]
    if forecast is None:
        slots = [_slot(month) for month in history.ahead[: history.shown]]
    past = history.past
    if form == "line":  # half a month would look like a fall
        slots = [slot._replace(value=None) for slot in slots]
    else:
        past = past[-max((width - _BESIDE) // _SLOT - len(slots), 1) :]
    return Figure((*map(_slot, past), *slots), _money, NAMES, form)


def _slot(month: Month, found: MonthAhead | None = None) -> Slot:
    booked = None if month.booked is None else month.booked.units
    quota = None if month.quota is None else month.quota.units
    if found is None:
        return Slot(_label(month.period), booked, mark=quota)
    inner, outer = ((each.low.units, each.high.units) for each in found.ranges)
    return Slot(_label(month.period), booked, found.point.units, inner, outer, quota)


def _label(month: Period) -> str:
    """The month's name where a quarter of the calendar year begins; by its middle, for weeks do not begin with it."""
    middle = month.start + (month.end - month.start) / 2
    return f"{middle:%b %y}" if middle.month % 3 == 1 else ""


def _money(units: int) -> str:
    return show.money(Amount.from_units(units))
