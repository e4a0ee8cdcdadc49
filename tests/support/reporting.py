"""Tables of measurements, printed when all tests have run."""

from collections.abc import Sequence

from _pytest.terminal import TerminalReporter

_TABLES: list[str] = []


def keep(title: str, rows: Sequence[Sequence[str]]) -> None:
    """Keep a table, its first row being the header, to be printed at the end."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.rjust(width) if column else cell.ljust(width) for column, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in rows)
    ]
    _TABLES.append("\n".join([title, "", *lines]))


def print_tables(reporter: TerminalReporter) -> None:
    """Print what was kept, once."""
    while _TABLES:
        reporter.write_line("")
        reporter.write_line(_TABLES.pop(0))
