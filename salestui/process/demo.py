"""The demo company: the sample data, moved in time by whole quarters up to today, with its last day pinned."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from salestui.exchange.importing import import_files
from salestui.exchange.mapping_file import find_mapping
from salestui.exchange.shifting import quarters_until, shift
from salestui.exchange.trouble import Pulse
from salestui.model.values.errors import DataProblem
from salestui.store.company import read_company
from salestui.store.database import Database
from salestui.store.quick import Reader, open_reader
from salestui.store.resources import resource
from salestui.store.work import Actor

SOURCE = "demo"


def is_demo(reader: Reader) -> bool | None:
    """Whether the database holds the demo company: None where it holds nothing, False where it holds another."""
    sources = {source for (source,) in reader.rows("SELECT source FROM import_run")}
    if not sources and not reader.rows("SELECT 1 FROM change LIMIT 1"):
        return None
    return SOURCE in sources


def load_demo(place: Database, today: date) -> date:
    """Load it, and return its last day."""
    source = Path(resource("sample_data"))
    with tempfile.TemporaryDirectory() as folder:
        shift(source, Path(folder), quarters_until(source, today))
        mapping = replace(find_mapping("layout"), source=SOURCE, title="The demo company")
        report = import_files([folder], mapping, place, Actor("salestui demo"), Pulse())
    if report.stopped:
        raise DataProblem("The sample data cannot be loaded.", remedy="Install salestui again.")
    with open_reader(place) as reader:
        pinned = read_company(reader).pinned
    if pinned is None:
        raise DataProblem("The sample data has no last day.", where="company.toml")
    return pinned
