"""What the tests in a terminal share."""

import pytest
from _pytest.terminal import TerminalReporter

from tests.terminal import reporting


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what was measured."""
    reporting.print_tables(terminalreporter)
