"""Importing into a database by name, which is made if it is not there yet and the files can be taken."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Engine

from salestui.exchange.files import recognise
from salestui.exchange.load import carry_out, load
from salestui.exchange.mapping import Mapping
from salestui.exchange.prepare import prepare
from salestui.exchange.report import Report
from salestui.exchange.trouble import Pulse
from salestui.store import schema
from salestui.store.database import Database
from salestui.store.work import Actor


def import_files(
    paths: Sequence[str],
    mapping: Mapping | None,
    database: Database,
    actor: Actor,
    pulse: Pulse,
    *,
    dry_run: bool = False,
    skip_refused: bool = False,
) -> Report:
    """Import `paths` into `database`, which is made if it is not there yet and there is something to write."""
    found = mapping or recognise(paths)
    if schema.found_version(database) is not None:
        with _open(database, write=not dry_run) as engine:
            return load(
                paths,
                found,
                engine,
                actor,
                pulse.progress,
                pulse.cancelled,
                dry_run=dry_run,
                skip_refused=skip_refused,
            )
    prepared = prepare(paths, found, {}, pulse)
    report = carry_out(prepared, None, actor, pulse, dry_run=dry_run, skip_refused=skip_refused)
    if dry_run or report.stopped or (report.refused and not skip_refused):
        return report
    schema.upgrade(database)
    with _open(database, write=True) as engine:
        return carry_out(prepared, engine, actor, pulse, skip_refused=skip_refused)


@contextmanager
def _open(database: Database, *, write: bool) -> Iterator[Engine]:
    engine = schema.open_current(database, write=write)
    try:
        yield engine
    finally:
        engine.dispose()
