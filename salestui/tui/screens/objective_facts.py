"""What heads an objective's page: the target, and beside it what is booked, forecast, assigned and was last year."""

from typing import NamedTuple

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.tui.screens.figures import MARKS, TONES
from salestui.tui.screens.objective_model import STATES, ObjectiveLine, kind_text, target_text
from salestui.tui.text import fitted
from salestui.tui.widgets.lines import Row, Span

_NAMES = 10


class _Beside(NamedTuple):
    """An amount beside the target: the gap between them in words, and what the amount rests on."""

    name: str
    amount: Amount | None
    gap: str
    told: str
    level: str | None = None


def fact_lines(line: ObjectiveLine) -> list[Row]:
    """What the objective is, and how it stands: an amount and its gap to the target a line."""
    objective = line.objective
    name = f" {objective.scope.name} · {kind_text(objective)} · {objective.period.label} "
    state = f" {STATES[objective.state]} v{objective.number} {objective.state}"
    target = target_text(objective)
    return [
        (Span(name, "strong"), Span(state, "good" if objective.state == "approved" else "warn")),
        (Span(f" {target[:1].upper()}{target[1:]}"),),
        *_rows((_booked(line), _forecast(line), _assigned(line), _last_year(line))),
        (Span(f" Why: {objective.reason}", "muted"),),
    ]


def _rows(beside: tuple[_Beside, ...]) -> list[Row]:
    amounts = [show.cents(each.amount) for each in beside]
    widest, gaps = max(map(len, amounts)), max(len(each.gap) for each in beside)
    return [
        (
            Span(f" {each.name.ljust(_NAMES)}", "muted"),
            Span(amount.rjust(widest)),
            Span(f"  {fitted(each.gap, gaps)}  "),
            Span(each.told, "muted"),
            *((Span(f" {MARKS[each.level]}", TONES[each.level]),) if each.level else ()),
        )
        for each, amount in zip(beside, amounts, strict=True)
    ]


def _booked(line: ObjectiveLine) -> _Beside:
    standing = line.standing
    if standing.actual.amount is None:
        return _Beside("So far", None, "", standing.actual.why)
    told = f"{show.percent(standing.reached)} of the target"
    if standing.pace is not None and not standing.over:
        told += f", pace {show.percent(standing.pace.share)}"
    return _Beside("So far", standing.actual.amount, _gap(standing.to_go, "to go", "above"), told, standing.level)


def _forecast(line: ObjectiveLine) -> _Beside:
    amount, told = line.forecast
    return _Beside("Forecast", amount, _gap(line.to_forecast, "short", "above"), told.strip())


def _assigned(line: ObjectiveLine) -> _Beside:
    assigned = line.standing.assigned
    gap = _gap(line.standing.to_assign, "to assign", "over-assigned")
    return _Beside("Assigned", assigned.amount, gap, assigned.told)


def _last_year(line: ObjectiveLine) -> _Beside:
    known, more = line.standing.last_year, line.standing.over_last_year
    if known.amount is None:
        return _Beside("Last year", None, "", known.why)
    above = "" if more is None else f"the target is {show.percent(abs(more), 1)} {'above' if more >= 0 else 'below'} it"
    told = ": ".join(filter(None, (known.stands_in, above)))
    return _Beside("Last year", known.amount, _gap(line.objective.amount - known.amount, "more", "less"), told)


def _gap(gap: Amount | None, missing: str, beyond: str) -> str:
    if gap is None:
        return ""
    return f"{show.money(abs(gap), 'full')} {missing if gap.units >= 0 else beyond}"
