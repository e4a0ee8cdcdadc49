"""Planning: objectives, seasonal profiles, what stands beside quotas, ramps, reliefs and pay at target."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from salestui.store.migrations.rows import ROW_ID, dated, row, sourced, to

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = {
    "quota_plan": ("based_on_id",),
    "quota_lock": ("line_id", "plan_id", "seat_id"),
    "quota_submission": ("line_id", "plan_id", "seat_id"),
    "quota_target": ("plan_id", "seat_id"),
    "objective": ("replaces_id",),
    "ramping": ("person_id", "ramp_id", "seat_id"),
    "relief": ("person_id", "seat_id"),
    "target_pay": ("person_id",),
}


def upgrade() -> None:
    """Create the tables, and let a quota plan know its step and what it was begun from."""
    with op.batch_alter_table("quota_plan", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("based_on_id", ROW_ID, nullable=True))
        batch.add_column(sa.Column("step", sa.BigInteger(), nullable=False, server_default="10000"))
        batch.create_foreign_key("fk_quota_plan_based_on_id_quota_plan", "quota_plan", ["based_on_id"], ["id"])
    with op.batch_alter_table("quota_plan", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("step", server_default=None)
    if op.get_context().dialect.name == "postgresql":
        # Plans change whole: with room in every page, PostgreSQL need not write the rows' indexes each time.
        op.execute("ALTER TABLE quota_cell SET (fillfactor = 50)")
    _create_tables_beside_quotas()
    _create_tables_of_planning()
    _create_tables_of_people()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def _create(name: str, *parts: SchemaItem) -> None:
    op.create_table(name, *parts, sqlite_autoincrement=True)


def _of_a_leaf(table: str) -> list[SchemaItem]:
    return [
        *row(table),
        sa.Column("plan_id", ROW_ID, nullable=False),
        sa.Column("seat_id", ROW_ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("line_id", ROW_ID, nullable=True),
        to(table, "line_id", "product_line"),
        to(table, "plan_id", "quota_plan"),
        to(table, "seat_id", "seat"),
    ]


def _create_tables_beside_quotas() -> None:
    _create("quota_lock", *_of_a_leaf("quota_lock"), sa.Column("reason", sa.String(), nullable=False))
    _create(
        "quota_submission",
        *_of_a_leaf("quota_submission"),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
    )
    _create(
        "quota_target",
        *row("quota_target"),
        sa.Column("plan_id", ROW_ID, nullable=False),
        sa.Column("seat_id", ROW_ID, nullable=True),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        to("quota_target", "plan_id", "quota_plan"),
        to("quota_target", "seat_id", "seat"),
    )
    op.create_table(
        "quota_year",
        sa.Column("plan_id", ROW_ID, nullable=False),
        sa.Column("seat_id", ROW_ID, nullable=False),
        *(sa.Column(f"m{number:02}", sa.BigInteger(), nullable=True) for number in range(1, 13)),
        sa.Column("lines", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "seat_id", name="pk_quota_year"),
        sqlite_with_rowid=False,
    )


def _create_tables_of_planning() -> None:
    _create(
        "objective",
        *row("objective"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "measure", "scope_kind")),
        sa.Column("scope_id", ROW_ID, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("growth", sa.BigInteger(), nullable=True),
        sa.Column("base_period", sa.String(), nullable=True),
        sa.Column("base_amount", sa.BigInteger(), nullable=True),
        sa.Column("objective_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("replaces_id", ROW_ID, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        to("objective", "replaces_id", "objective"),
    )
    _create(
        "season_profile",
        *row("season_profile"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("first_month", sa.String(), nullable=True),
        sa.Column("last_month", sa.String(), nullable=True),
        sa.UniqueConstraint("name", name="uq_season_profile_name"),
    )


def _create_tables_of_people() -> None:
    _create(
        "ramp",
        *sourced("ramp"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
    )
    _create(
        "ramping",
        *sourced("ramping"),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("seat_id", ROW_ID, nullable=False),
        sa.Column("ramp_id", ROW_ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        to("ramping", "person_id", "person"),
        to("ramping", "ramp_id", "ramp"),
        to("ramping", "seat_id", "seat"),
    )
    _create(
        "relief",
        *dated(),
        *sourced("relief"),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("seat_id", ROW_ID, nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("lowers_team", sa.Boolean(), nullable=False),
        to("relief", "person_id", "person"),
        to("relief", "seat_id", "seat"),
    )
    _create(
        "target_pay",
        *dated(),
        *sourced("target_pay"),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("variable", sa.BigInteger(), nullable=False),
        to("target_pay", "person_id", "person"),
    )
