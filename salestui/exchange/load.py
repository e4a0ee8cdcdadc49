"""Importing: read, check, compare, write, all in one change, or nothing at all.

Any refused row stops the import, unless the caller asks to skip refused rows; what is wrong with a whole file always
does. A second import of the same files finds everything unchanged and writes nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from salestui.exchange.compare import Counts, Kept, Plan
from salestui.exchange.entities.rules import RULES, counts
from salestui.exchange.entities.settings import SettingsPlan, plan_settings, read_settings
from salestui.exchange.files import recognise
from salestui.exchange.loading import Loading
from salestui.exchange.mapping import Mapping
from salestui.exchange.prepare import Prepared, prepare
from salestui.exchange.report import Report
from salestui.exchange.trouble import Pulse
from salestui.exchange.write import write
from salestui.metrics.work import work
from salestui.model.tables.exchange import ImportRun
from salestui.store.trace import table_of
from salestui.store.work import Actor


def _clock() -> datetime:
    return datetime.now(UTC)


def load(
    paths: Sequence[str],
    mapping: Mapping | None,
    engine: Engine | None,
    actor: Actor,
    progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    dry_run: bool = False,
    skip_refused: bool = False,
    clock: Callable[[], datetime] = _clock,
) -> Report:
    """Import `paths` through `mapping` (None: the project's own layout) into the database behind `engine`.

    `progress(step, done, total)` is told how far it has come; once `cancelled()` is true, nothing is written and
    Cancelled is raised. Problems with the files are in the report; those with the mapping, the paths or the database
    are raised as Problem. Without an engine, which only a dry run can do, the database counts as empty.
    """
    pulse = Pulse(progress, cancelled)
    found = mapping or recognise(paths)
    with _reading(engine) as connection:
        kept = read_settings(connection)
    prepared = prepare(paths, found, kept, pulse)
    return carry_out(prepared, engine, actor, pulse, dry_run=dry_run, skip_refused=skip_refused, clock=clock)


@dataclass(frozen=True)
class _Planned:
    plan: Plan
    settings: SettingsPlan
    counts: dict[str, Counts]
    newer: bool
    """Whether the data is from another moment than that of the source's last import."""

    @property
    def changes(self) -> bool:
        return bool(self.plan.changes or self.settings.inserts or self.settings.updates or self.newer)


def carry_out(
    prepared: Prepared,
    engine: Engine | None,
    actor: Actor,
    pulse: Pulse,
    *,
    dry_run: bool = False,
    skip_refused: bool = False,
    clock: Callable[[], datetime] = _clock,
) -> Report:
    """Compare what was read with the database and write the difference, or report what would be written."""
    trouble = prepared.trouble
    if trouble.whole:
        return _report(prepared, None, dry_run, None)
    if dry_run or engine is None:
        with _reading(engine) as connection:
            return _report(prepared, _plan(prepared, connection, pulse), dry_run, None)
    written: UUID | None = None
    with work(engine, actor, f"Import: {prepared.mapping.title}", kind="import", clock=clock) as unit:
        planned = _plan(prepared, unit.session.connection(), pulse)
        if planned.changes and (skip_refused or not trouble.refusals) and not trouble.whole:
            write(unit, planned.plan, planned.settings, pulse)
            mapping = prepared.mapping
            unit.session.add(ImportRun(source=mapping.source, mapping=mapping.name, data_as_of=prepared.data_as_of))
            written = unit.change_id
    return _report(prepared, planned, False, written)


def _plan(prepared: Prepared, connection: Connection | None, pulse: Pulse) -> _Planned:
    settings = plan_settings(connection, prepared.settings)
    plan = Plan(prepared.mapping.source, Kept(connection))
    loading = Loading(prepared.mapping, prepared.company, prepared.day, prepared.records, plan, prepared.trouble, pulse)
    for rule in RULES:
        rule(loading)
    found = ({"setting": settings.counts} if prepared.settings else {}) | counts(loading)
    newer = _last_data_as_of(connection, prepared.mapping.source) != prepared.data_as_of
    return _Planned(plan, settings, found, newer)


def _last_data_as_of(connection: Connection | None, source: str) -> datetime | None:
    if connection is None:
        return None
    run = table_of(ImportRun).c
    last = select(run.data_as_of).where(run.source == source).order_by(run.id.desc()).limit(1)
    return connection.execute(last).scalar()


@contextmanager
def _reading(engine: Engine | None) -> Iterator[Connection | None]:
    if engine is None:
        yield None
    else:
        with engine.connect() as connection:
            yield connection


def _report(prepared: Prepared, planned: _Planned | None, dry_run: bool, written: UUID | None) -> Report:
    mapping, refused = prepared.mapping, prepared.trouble.rows
    return Report(
        source=mapping.source,
        title=mapping.title,
        mapping=mapping.name,
        dry_run=dry_run,
        data_as_of=prepared.data_as_of,
        counts=planned.counts if planned else {kind: Counts(refused=len(rows)) for kind, rows in refused.items()},
        files=prepared.files,
        refusals=tuple(prepared.trouble.refusals),
        warnings=tuple(prepared.trouble.warnings),
        written=written is not None,
        change=written,
    )
