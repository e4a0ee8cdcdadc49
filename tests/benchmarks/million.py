"""A large company, written by SQL: a million opportunities of 500 people over three years, with sales and quotas."""

from pathlib import Path

from salestui.metrics.derive import rebuild
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.schema import upgrade

OPPORTUNITIES = 1_000_000


def _scattered(salt: int, size: int) -> str:
    """A number below `size` that differs from row to row without an order to it."""
    return f"((((n + {salt}) * 2654435761) % 4294967296) / 8191 % {size})"


def _counting(last: int) -> str:
    return f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {last})"


ORGANISATION = (
    f"""{_counting(500)} INSERT INTO seat (id, version, title, kind, team, valid_from, valid_to)
    SELECT n, 1, 'Seat ' || n, CASE WHEN n <= 50 THEN 'manager' ELSE 'seller' END,
    CASE WHEN n <= 50 THEN 'Team ' || n END, '0001-01-01', '9999-12-31' FROM k""",
    """INSERT INTO reporting (version, seat_id, manager_seat_id, valid_from, valid_to)
    SELECT 1, id, CASE WHEN id <= 9 THEN 1 WHEN id <= 50 THEN 2 + id % 8 ELSE 10 + id % 41 END,
    '0001-01-01', '9999-12-31' FROM seat WHERE id > 1""",
    f"""{_counting(500)} INSERT INTO person (id, version, name) SELECT n, 1, 'Person ' || n FROM k""",
    """INSERT INTO occupancy (version, person_id, seat_id, valid_from, valid_to)
    SELECT 1, id, id, '2023-01-01', '9999-12-31' FROM person""",
    "INSERT INTO product_line (id, version, name) VALUES (1, 1, 'A'), (2, 1, 'B'), (3, 1, 'C'), (4, 1, 'D')",
    """INSERT INTO stage (id, version, name, position, category, outcome) VALUES (1, 1, 'Open', 1, 'pipeline', 'open'),
    (2, 1, 'Won', 2, 'closed', 'won'), (3, 1, 'Lost', 3, 'closed', 'lost')""",
)
DEALS = (
    f"""{_counting(OPPORTUNITIES)}, dated AS (
    SELECT n, 51 + {_scattered(1, 450)} AS owner, 1 + {_scattered(2, 4)} AS line,
    date('2024-01-01', '+' || {_scattered(4, 1058)} || ' days') AS created, 10 + {_scattered(5, 140)} AS days,
    {_scattered(6, 100)} AS luck, 10000 * (1000 + {_scattered(7, 99000)}) AS amount FROM k),
    closed AS (SELECT *, date(created, '+' || days || ' days') AS close_on FROM dated),
    known AS (SELECT *,
    CASE WHEN close_on > '2026-11-20' THEN 'open' WHEN luck < 26 THEN 'won' ELSE 'lost' END AS outcome
    FROM closed)
    INSERT INTO opportunity (id, version, name, owner_id, line_id, stage_id, outcome, amount, currency,
    reporting_amount, created_on, close_on) SELECT n, 1, 'Deal ' || n, owner, line,
    CASE outcome WHEN 'won' THEN 2 WHEN 'lost' THEN 3 ELSE 1 END, outcome, amount, 'USD', amount, created, close_on
    FROM known""",
    """INSERT INTO sale (version, opportunity_id, line_id, type, booked_on, amount, cost, currency, rate,
    reporting_amount, reporting_cost) SELECT 1, id, line_id, 'new', close_on, amount, amount / 2, 'USD', 1000000000,
    amount, amount / 2 FROM opportunity WHERE outcome = 'won'""",
    """INSERT INTO credit (version, sale_id, person_id, seat_id, role, share, amount, cost, rule)
    SELECT 1, s.id, o.owner_id, o.owner_id, 'primary', 1000000000, s.amount, s.cost, 'owner'
    FROM sale s JOIN opportunity o ON o.id = s.opportunity_id""",
    """INSERT INTO quota_plan (id, version, fiscal_year, measure, plan_version, state, step)
    VALUES (1, 1, 2024, 'bookings', 1, 'published', 10000), (2, 1, 2025, 'bookings', 1, 'published', 10000),
    (3, 1, 2026, 'bookings', 1, 'published', 10000)""",
    """WITH RECURSIVE m(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM m WHERE n < 35)
    INSERT INTO quota_cell (version, plan_id, seat_id, month, line_id, amount)
    SELECT 1, 1 + n / 12, seat.id, date('2024-01-01', '+' || n || ' months'), product_line.id, 1000000000
    FROM m, seat, product_line WHERE seat.id > 50""",
)


def build(path: Path) -> None:
    """Write the company into a new database at `path`, and derive its measures."""
    database = Database("sqlite", str(path))
    upgrade(database)
    writer = engine(database, write=True)
    with writer.begin() as connection:
        for statement in (*ORGANISATION, *DEALS):
            connection.exec_driver_sql(statement)
        rebuild(connection)
    writer.dispose()
