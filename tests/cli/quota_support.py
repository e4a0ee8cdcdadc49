"""What the tests of `salestui quota` share: looking at the quotas in a database, and importing a sheet."""

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from tests.cli.support import Ended, Shell

CELLS = (
    "SELECT p.fiscal_year, p.plan_version, c.seat_id, COALESCE(c.line_id, 0), c.month, c.amount"
    " FROM quota_cell c JOIN quota_plan p ON p.id = c.plan_id"
)


def texts(connection: Connection, sql: str) -> dict[int, str]:
    """Texts by id."""
    return {row.id: row.text for row in connection.execute(text(sql))}


def cells(opened: Engine, version: int = 2) -> dict[tuple[str, str, int], int | None]:
    """The quotas of a version of FY2026 in whole units of currency × 10,000: by seat's title, line and month."""
    with opened.connect() as connection:
        titles = texts(connection, "SELECT id, title AS text FROM seat")
        lines = {0: ""} | texts(connection, "SELECT id, name AS text FROM product_line")
        return {
            (titles[seat], lines[line], int(str(month)[5:7])): amount
            for _, each, seat, line, month, amount in connection.execute(text(CELLS)).all()
            if each == version
        }


def took(shell: Shell, tmp_path: Path, content: str | bytes, *options: str) -> Ended:
    """Import a file with this content, into a draft that is begun if there is none."""
    path = tmp_path / "sheet.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return shell("quota", "import", path, "--begin", *options)
