"""`salestui quota versions`: every version of a year's plan, its state, what it comes to, and who took it there."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from salestui.cli.output import as_json, emit, table
from salestui.cli.quota.place import Looked, add_year, looking
from salestui.cli.words import say
from salestui.model.values import show
from salestui.planning.quotas.queries.versions import Version, read_versions
from salestui.store.settings import Settings


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_year(parser)


def run(options: Namespace, settings: Settings) -> int:
    """Print the versions."""
    with looking(settings, options.year, None) as at:
        versions = read_versions(at.reader, at.year.fiscal_year)
    if options.json:
        emit(as_json([_document(version) for version in versions]))
    elif not versions:
        say(f"There are no quotas of {at.year.label} yet.")
    else:
        emit(table(list(_rows(at, versions)), ("left", "left", "right", "left", "left", "left", "left")))
    return 0


def _document(version: Version) -> dict[str, object]:
    return {
        "fiscal_year": version.plan.fiscal_year,
        "version": version.plan.plan_version,
        "state": version.plan.state,
        "step": str(version.plan.step),
        "based_on": version.based_on,
        "total": None if version.total is None else str(version.total),
        "story": [
            {"what": passage.what, "who": passage.who, "at": passage.at.isoformat(), "why": passage.why}
            for passage in version.story
        ],
    }


def _rows(at: Looked, versions: tuple[Version, ...]) -> Iterator[list[str]]:
    yield ["Version", "State", "Total", "What", "When", "Who", "Why"]
    for version in versions:
        head = [version.plan.label, version.plan.state, show.money(version.total, "full")]
        for passage in version.story:
            when = f"{at.company.local(passage.at):%Y-%m-%d %H:%M}"
            yield [*head, passage.what, when, passage.who, passage.why]
            head = ["", "", ""]
        if not version.story:
            yield [*head, "", "", "", ""]
