"""`salestui quota diff`: two versions of a year's plan beside each other."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from salestui.cli.output import as_json, cut, emit, plain, table
from salestui.cli.quota.place import Looked, add_scope, add_year, looking, the_plan
from salestui.cli.quota.sheets import GRAINS, Sheets, read_sheets
from salestui.cli.words import say
from salestui.model.values import show
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.text import safe_line
from salestui.planning.quotas.standing import Plan
from salestui.store.settings import Settings

_NAME_WIDTH = 30


class _Line(NamedTuple):
    row: int
    span: int
    before: Amount | None
    after: Amount | None

    @property
    def difference(self) -> Amount:
        return (self.after or ZERO) - (self.before or ZERO)

    @property
    def share(self) -> Decimal | None:
        return None if self.before is None or self.before <= ZERO else self.difference.ratio(self.before)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("before", metavar="V1", help="a version by number, draft or published")
    parser.add_argument("after", metavar="V2", help="the version to compare it with")
    add_scope(parser)
    add_year(parser)
    parser.add_argument("--by", choices=GRAINS, default="year", help="what is compared (year)")
    parser.add_argument("--all", action="store_true", help="print what is the same too")
    parser.add_argument("--check", action="store_true", help="exit with 1 where they differ")


def run(options: Namespace, settings: Settings) -> int:
    """Print the differences."""
    with looking(settings, options.year, options.scope) as at:
        plans = (the_plan(at, options.before), the_plan(at, options.after))
        sheets = read_sheets(at, plans, options.by)
    lines = list(_lines(sheets))
    differ = [line for line in lines if line.before != line.after]
    shown = lines if options.all else differ
    if options.json:
        emit(as_json(_document(at, plans, sheets, shown, differ=bool(differ))))
    elif shown:
        emit(table(list(_rows(plans, sheets, shown)), ("left", "left", *("right",) * 4)))
    if not differ:
        say(f"{plans[0].label} and {plans[1].label} are the same here by {options.by}.")
    return 1 if options.check and differ else 0


def _lines(sheets: Sheets) -> Iterator[_Line]:
    """What stands in both, row by row; the year alone, or its parts and the year."""
    before, after = sheets.sheets
    for row in range(len(sheets.nodes)):
        for span in sheets.columns:
            yield _Line(row, span, before.value(row, span), after.value(row, span))


def _document(
    at: Looked, plans: tuple[Plan, Plan], sheets: Sheets, lines: list[_Line], *, differ: bool
) -> dict[str, Any]:
    return {
        "scope": at.scope.name,
        "fiscal_year": at.year.fiscal_year,
        "versions": [{"version": plan.plan_version, "state": plan.state} for plan in plans],
        "differ": differ,
        "rows": [
            {
                "key": sheets.nodes[line.row].key,
                "name": sheets.nodes[line.row].label,
                "path": sheets.path(line.row),
                "period": sheets.spans[line.span].label
                if sheets.spans[line.span].key == "year"
                else sheets.spans[line.span].key,
                "before": None if line.before is None else str(line.before),
                "after": None if line.after is None else str(line.after),
                "difference": str(line.difference),
                "share": None if line.share is None else plain(round(line.share, 6)),
            }
            for line in lines
        ],
    }


def _rows(plans: tuple[Plan, Plan], sheets: Sheets, lines: list[_Line]) -> Iterator[list[str]]:
    yield ["", "", *(f"v{plan.plan_version} {plan.state}" for plan in plans), "Difference", "%"]
    last = None
    for line in lines:
        name = "  " * sheets.depth(line.row) + safe_line(sheets.nodes[line.row].label)
        amounts = [show.money(amount, "full") for amount in (line.before, line.after, line.difference)]
        label = sheets.spans[line.span].label
        yield ["" if line.row == last else cut(name, _NAME_WIDTH), label, *amounts, show.percent(line.share, 1)]
        last = line.row
