"""A chart as rows of text: shapes tell everything, so that it reads the same without colour.

No library draws it: plotext is a compiled kernel that takes a fifth of a second to import, textual-plot and uniplot
bring numpy into the app, plotille and asciichartpy answer with one string that has colour codes in it; and none of them
draws intervals that can be told apart without colour, or lets a widget paint only what differs.
"""

from typing import NamedTuple

from salestui.tui.text import fitted, width_of
from salestui.tui.widgets.chart.figures import Figure, Slot
from salestui.tui.widgets.chart.scale import EIGHTHS, Scale, scale
from salestui.tui.widgets.lines import Row, Span, Tone

BAR, POINT, INNER, OUTER, MARK, LINE = "█", "━", "▒", "░", "╌", "─"
_TOPS = " ▁▂▃▄▅▆▇█"
_TONES: dict[str, Tone] = {POINT: "strong", OUTER: "muted", MARK: "key"}
_WIDEST_SLOT = 8
_LEAST_ROWS, _LEAST_PLOT = 5, 8


class Layout(NamedTuple):
    """Where things are: the first place that fits, and where each begins and the last one ends."""

    first: int
    edges: tuple[int, ...]

    def whole(self, number: int) -> range:
        """All columns of a place."""
        return range(self.edges[number], self.edges[number + 1])

    def bar(self, number: int) -> range:
        """The columns of a place that are drawn on: the last is left free where there are more."""
        left, right = self.edges[number : number + 2]
        return range(left, max(right - 1, left + 1) if self.edges[1] > 1 else right)


def laid_out(slots: int, room: int) -> Layout:
    """As many places as there are columns, the last ones; all of one width where they can be two columns wide."""
    first = max(slots - room, 0)
    count = slots - first
    width = min(room // count, _WIDEST_SLOT)
    if width > 1:
        return Layout(first, tuple(number * width for number in range(count + 1)))
    return Layout(first, tuple(number * room // count for number in range(count + 1)))


def drawn(figure: Figure, width: int, height: int) -> tuple[Row, ...]:
    """The chart in so many cells: a legend, the drawing beside its scale, and the labels below.

    Where not all places fit, the first are left out. In less than 5 rows, or 8 columns beside the scale, there is none.
    """
    if height < _LEAST_ROWS or not figure.slots:
        return ()
    rows = height - 3
    measure = scale((number for slot in figure.slots for number in slot.numbers), rows)
    labels = max(width_of(figure.show(number)) for _, number in measure.ticks())
    room = width - labels - 2
    if room < _LEAST_PLOT:
        return ()
    layout = laid_out(len(figure.slots), room)
    slots = figure.slots[layout.first :]
    canvas = _painted(slots, figure, measure, layout)
    named = {row: figure.show(number) for row, number in measure.ticks()}
    lines: list[Row] = [legend(figure, slots, width)]
    for row in reversed(range(rows)):
        edge = "┤" if row in named else "│"
        scale_label = Span(f"{fitted(named.get(row, ''), labels, right=True)}{edge}", "muted")
        lines.append((scale_label, *_merged(canvas[row])))
    lines.append((Span(" " * labels + "└" + "─" * len(canvas[0]), "muted"),))
    lines.append((Span(" " * (labels + 1)), *_bottom(slots, layout, room)))
    return tuple(lines)


def legend(figure: Figure, slots: tuple[Slot, ...], width: int) -> Row:
    """What the shapes mean, of those that are there."""
    value = BAR if figure.form == "bars" else LINE
    shapes = zip((value, POINT, INNER, OUTER, MARK), ("value", "point", "inner", "outer", "mark"), strict=True)
    spans: list[Span] = []
    for shape, part in shapes:
        name = str(getattr(figure.names, part))
        if name and any(getattr(slot, part) is not None for slot in slots):
            spans += [Span(f" {shape * 2}", _TONES.get(shape, "")), Span(f" {name} ", "muted")]
    while sum(width_of(span.text) for span in spans) > width:
        spans = spans[:-2]
    return tuple(spans)


def _painted(slots: tuple[Slot, ...], figure: Figure, measure: Scale, layout: Layout) -> list[list[str]]:
    """The cells of the drawing, row 0 the lowest."""
    canvas = [[" "] * layout.edges[-1] for _ in range(measure.rows)]
    before: int | None = None
    for number, slot in enumerate(slots):
        columns, whole = layout.bar(number), layout.whole(number)
        for band, shape in ((slot.outer, OUTER), (slot.inner, INNER)):
            if band is not None:
                _fill(canvas, columns, measure.row(band[0]), measure.row(band[1]), shape)
        if slot.mark is not None:
            _fill(canvas, whole, measure.row(slot.mark), measure.row(slot.mark), MARK)
        if figure.form == "line":
            _line(canvas, whole, before, slot.value, measure)
            before = slot.value
        elif slot.value is not None:
            _bar(canvas, columns, slot, measure)
        if slot.point is not None:
            _fill(canvas, columns, measure.row(slot.point), measure.row(slot.point), POINT)
    return canvas


def _bar(canvas: list[list[str]], columns: range, slot: Slot, measure: Scale) -> None:
    """A bar from zero, its top to an eighth of a row; a target inside it stays visible."""
    value = slot.value or 0
    if value < 0:
        _fill(canvas, columns, measure.row(value), measure.row(0), BAR)
    elif value:
        foot, top = measure.eighths(0), measure.eighths(value)
        full = range(foot // EIGHTHS, top // EIGHTHS)
        _fill(canvas, columns, full.start, full.stop - 1, BAR)
        rest = top % EIGHTHS if top // EIGHTHS >= full.start else 0
        if (rest or top == foot) and full.stop < measure.rows:
            _fill(canvas, columns, full.stop, full.stop, _TOPS[rest or 1])
    if slot.mark is not None and slot.mark != 0:
        row = measure.row(slot.mark)
        _fill(canvas, columns, row, row, MARK)


def _line(canvas: list[list[str]], columns: range, before: int | None, value: int | None, measure: Scale) -> None:
    """A step of a line: level within its place, up or down where it begins."""
    if value is None:
        return
    row = measure.row(value)
    _fill(canvas, columns, row, row, LINE)
    start = row if before is None else measure.row(before)
    if start == row:
        return
    first = range(columns.start, columns.start + 1)
    low, high = min(start, row), max(start, row)
    _fill(canvas, first, low, high, "│")
    canvas[start][first.start] = "╯" if row > start else "╮"
    canvas[row][first.start] = "╭" if row > start else "╰"


def _fill(canvas: list[list[str]], columns: range, low: int, high: int, shape: str) -> None:
    for row in range(low, high + 1):
        for column in columns:
            canvas[row][column] = shape


def _merged(cells: list[str]) -> list[Span]:
    """The cells of a row, neighbours of one tone together."""
    spans: list[Span] = []
    for cell in cells:
        tone = _TONES.get(cell, "")
        if spans and (spans[-1].tone == tone or (cell == " " and spans[-1].tone != "key")):
            spans[-1] = Span(spans[-1].text + cell, spans[-1].tone)
        else:
            spans.append(Span(cell, tone))
    return spans


def _bottom(slots: tuple[Slot, ...], layout: Layout, room: int) -> list[Span]:
    """The labels below, each where its place begins; one that would run into the one before it is left out."""
    text = ""
    for number, each in enumerate(slots):
        start = layout.edges[number]
        if each.label and start >= width_of(text) + bool(text) and start + width_of(each.label) <= room + 1:
            text += " " * (start - width_of(text)) + each.label
    return [Span(text, "muted")]
