"""`salestui quota show`: a year's quotas by team and seat, as a table, as JSON or as CSV."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

from salestui.cli.output import Side, as_csv, as_json, cut, emit, plain, table
from salestui.cli.quota.beside import Beside, read_beside
from salestui.cli.quota.place import Looked, add_scope, add_version, add_year, looking, the_plan
from salestui.cli.quota.sheets import GRAINS, Sheets, read_sheets
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.text import safe_line
from salestui.planning.quotas.standing import Plan
from salestui.store.settings import Settings

_NAME_WIDTH = 30


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_scope(parser)
    add_year(parser)
    add_version(parser)
    parser.add_argument("--by", choices=GRAINS, default="quarter", help="the columns before the year (quarter)")
    parser.add_argument("--csv", action="store_true", help="print CSV")


def run(options: Namespace, settings: Settings) -> int:
    """Print the quotas."""
    with looking(settings, options.year, settings.get("scope")) as at:
        plan = the_plan(at, options.version)
        sheets = read_sheets(at, (plan,), options.by)
        beside = read_beside(at, plan, sheets)
    if options.json:
        emit(as_json(_document(at, plan, sheets, beside)))
    elif options.csv:
        emit(as_csv(_rows(sheets, beside)))
    else:
        emit("\n".join(_page(at, plan, sheets, beside)))
    return 0


def _document(at: Looked, plan: Plan, sheets: Sheets, beside: Beside) -> dict[str, Any]:
    (sheet,) = sheets.sheets
    year = sheets.columns[-1]
    return {
        "scope": at.scope.name,
        "fiscal_year": plan.fiscal_year,
        "version": plan.plan_version,
        "state": plan.state,
        "as_of": at.on.isoformat(),
        "currency": at.company.currency,
        "effective_of": "seats" if beside.theirs is None else "person",
        "nobodys": None if beside.theirs is None else str(beside.theirs.nobodys),
        "others": None if beside.theirs is None else str(beside.theirs.others),
        "rows": [
            {
                "key": node.key,
                "name": node.label,
                "under": None if node.parent is None else sheets.nodes[node.parent].key,
                "team": node.team,
                "vacant": node.vacant,
                "quotas": {sheets.spans[span].key: _text(sheet.value(row, span)) for span in sheets.columns},
                "effective": {sheets.spans[span].key: _text(beside.effective(row, span)) for span in sheets.columns},
                "held": beside.held(row, year),
                "target": _text(beside.target(row)),
                "to_assign": _text(beside.to_assign(row)),
                "over_assignment": plain(beside.over_assignment(row)),
            }
            for row, node in enumerate(sheets.nodes)
        ],
    }


def _rows(sheets: Sheets, beside: Beside) -> Iterator[list[str]]:
    (sheet,) = sheets.sheets
    spans = [sheets.spans[span] for span in sheets.columns]
    yield ["key", "name", "path", *(span.key for span in spans), "effective", "held", "target"]
    for row, node in enumerate(sheets.nodes):
        year = sheets.columns[-1]
        amounts = [_text(sheet.value(row, span)) or "" for span in sheets.columns]
        more = [_text(beside.effective(row, year)) or "", str(beside.held(row, year)), _text(beside.target(row)) or ""]
        yield [node.key, node.label, sheets.path(row), *amounts, *more]


def _page(at: Looked, plan: Plan, sheets: Sheets, beside: Beside) -> Iterator[str]:
    (sheet,) = sheets.sheets
    yield safe_line(f"{at.scope.name} · {plan.label} · {plan.state}")
    yield safe_line(f"as of {at.on:%a %d %b %Y} · {at.company.currency}")
    yield ""
    year = sheets.columns[-1]
    columns = [["", *(_indented(sheets, row) for row in range(len(sheets.nodes)))]]
    for span in sheets.columns:
        cells = [show.exact(sheet.value(row, span)) + beside.mark(row, span) for row in range(len(sheets.nodes))]
        columns.append([sheets.spans[span].label + " ", *cells])
    if beside.differs:
        cells = [show.whole(beside.effective(row, year)) for row in range(len(sheets.nodes))]
        columns.append(["Effective", *cells])
    if beside.has_targets:
        columns.append(["Target", *(show.exact(beside.target(row)) for row in range(len(sheets.nodes)))])
        columns.append(["To assign", *(show.exact(beside.to_assign(row)) for row in range(len(sheets.nodes)))])
        columns.append(["Over", *(show.percent(beside.over_assignment(row), 1) for row in range(len(sheets.nodes)))])
    sides: list[Side] = ["right"] * len(columns)
    sides[0] = "left"
    yield table(list(zip(*columns, strict=True)), sides)
    if beside.differs:
        yield ""
        yield from _explained(at, beside)
    if any(beside.held(row, year) for row in range(len(sheets.nodes))):
        yield ""
        yield "*: some of it is locked or was handed in, and stays as it is when a sum is spread."


def _explained(at: Looked, beside: Beside) -> Iterator[str]:
    """What the column Effective holds."""
    yield "Effective: what ramps and reliefs leave of the base quotas beside it."
    if beside.theirs is None:
        yield "Months in which nobody sits in a seat count in full; a person's own: --scope NAME."
        return
    yield f"{show.whole(beside.theirs.own)} of it is that of {safe_line(at.scope.name)}."
    if beside.theirs.nobodys:
        yield f"{show.whole(beside.theirs.nobodys)} is nobody's, of days when the seat is vacant."
    if beside.theirs.others:
        yield f"{show.whole(beside.theirs.others)} is of others who sit there, too or at other times."


def _indented(sheets: Sheets, row: int) -> str:
    return cut("  " * sheets.depth(row) + safe_line(sheets.nodes[row].label), _NAME_WIDTH)


def _text(amount: Amount | None) -> str | None:
    return None if amount is None else str(amount)
