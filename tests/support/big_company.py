"""A company of thousands, written by SQL in either database: seats in teams, product lines, and a draft of quotas."""

from sqlalchemy import Connection, Engine, text

from salestui.metrics.derive import rebuild

PEOPLE, LINES, YEAR = 5_000, 4, 2026
_ALWAYS = "DATE('0001-01-01'), DATE('9999-12-31')"
_MONTHS = ", ".join(f"('{YEAR}-{month:02}-01', {month})" for month in range(1, 13))


def build_big(engine: Engine, people: int = PEOPLE, lines: int = LINES) -> int:
    """Put it into a database that is new, and derive it; answers the plan, whose leaves all have a quota.

    Every tenth seat leads a team; the first leads the company.
    """
    with engine.begin() as connection:
        for statement in _statements(people, lines):
            connection.execute(text(statement))
        rebuild(connection)
        _know(connection)
        return int(connection.execute(text("SELECT max(id) FROM quota_plan")).scalar_one())


def _counting(last: int) -> str:
    return f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {last})"


def _statements(people: int, lines: int) -> tuple[str, ...]:
    teams = max(people // 10, 1)
    return (
        f"""INSERT INTO seat (version, title, kind, team, valid_from, valid_to) {_counting(people)}
        SELECT 1, 'Seat ' || n, CASE WHEN n <= {teams} THEN 'manager' ELSE 'seller' END,
        CASE WHEN n <= {teams} THEN 'Team ' || n END, {_ALWAYS} FROM k""",
        f"""INSERT INTO reporting (version, seat_id, manager_seat_id, valid_from, valid_to)
        SELECT 1, id, CASE WHEN id <= 9 OR id <= {teams} / 50 THEN 1 WHEN id <= {teams} THEN 1 + id % 9
        ELSE 1 + id % {teams} END, {_ALWAYS} FROM seat WHERE id > 1""",
        f"INSERT INTO person (version, name) {_counting(people)} SELECT 1, 'Person ' || n FROM k",
        """INSERT INTO occupancy (version, person_id, seat_id, valid_from, valid_to)
        SELECT 1, id, id, DATE('2023-01-01'), DATE('9999-12-31') FROM person""",
        f"INSERT INTO product_line (version, name) {_counting(lines)} SELECT 1, 'Line ' || n FROM k",
        f"""INSERT INTO quota_plan (version, fiscal_year, measure, plan_version, state, step)
        VALUES (1, {YEAR}, 'bookings', 1, 'draft', 10000)""",
        f"""INSERT INTO quota_cell (version, plan_id, seat_id, month, line_id, amount)
        WITH m(first, number) AS (VALUES {_MONTHS})
        SELECT 1, quota_plan.id, seat.id, DATE(m.first), product_line.id,
        10000 * (1000 + (seat.id * 37 + number * 11 + product_line.id * 7) % 900)
        FROM quota_plan, seat, product_line, m""",
    )


def _know(connection: Connection) -> None:
    """Let the database know what it holds, as time would."""
    connection.execute(text("ANALYZE"))
