"""The foundation: organisation, market, pipeline, ledger, quotas, history, imports and measures."""

import sqlalchemy as sa
from alembic import op

from salestui.store.migrations.rows import ROW_ID, row, sourced, to

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


INDEXES = {
    "change": ("at", "undoes"),
    "line_closure": ("descendant_id",),
    "person_seat": ("seat_id",),
    "territory": ("parent_id",),
    "account": ("owner_id", "territory_id"),
    "event": ("change_id", "table_name, row_id"),
    "product": ("line_id",),
    "seat": ("territory_id",),
    "occupancy": ("person_id", "seat_id"),
    "opportunity": ("account_id", "close_on", "created_on", "line_id", "owner_id", "product_id", "stage_id"),
    "quota_cell": ("line_id", "plan_id", "seat_id"),
    "reporting": ("manager_seat_id", "seat_id"),
    "territory_assignment": ("seat_id", "territory_id"),
    "sale": ("account_id", "booked_on", "line_id", "opportunity_id", "product_id", "territory_id"),
    "stage_change": ("opportunity_id", "stage_id"),
    "credit": ("person_id", "sale_id", "seat_id"),
}
"""The columns of each index, by table."""


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", ROW_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        to("change", "undoes", "change"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("number", name=op.f("uq_change_number")),
    )
    op.create_table(
        "fiscal_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_fiscal_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_run",
        *row("import_run"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("mapping", sa.String(), nullable=False),
        sa.Column("data_as_of", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "line_closure",
        sa.Column("ancestor_id", ROW_ID, nullable=False),
        sa.Column("descendant_id", ROW_ID, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ancestor_id", "descendant_id", "valid_from", name=op.f("pk_line_closure")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "measure_company",
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "due", "day", name=op.f("pk_measure_company")),
        sqlite_with_rowid=False,
    )
    for table, day in (("measure_day", "day"), ("measure_month", "month")):
        op.create_table(
            table,
            sa.Column("person_id", ROW_ID, nullable=False),
            sa.Column("measure", sa.String(length=20), nullable=False),
            sa.Column("due", sa.Date(), nullable=False),
            sa.Column(day, sa.Date(), nullable=False),
            sa.Column("line_id", ROW_ID, nullable=False),
            sa.Column("seat_id", ROW_ID, nullable=False),
            sa.Column("total", sa.BigInteger(), nullable=False),
            sa.Column("count", sa.BigInteger(), nullable=False),
            sa.PrimaryKeyConstraint("person_id", "measure", "due", day, "line_id", "seat_id", name=f"pk_{table}"),
            sqlite_with_rowid=False,
        )
        in_a_seat = sa.column("seat_id") != 0
        op.create_index(
            f"ix_{table}_seat",
            table,
            ["seat_id", "measure", day, "total", "count"],
            sqlite_where=in_a_seat,
            postgresql_where=in_a_seat,
        )
    op.create_table(
        "overlay",
        *row("overlay"),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", ROW_ID, nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.Column("imported", sa.JSON(), nullable=False),
        sa.UniqueConstraint(
            "table_name", "row_id", "column_name", name=op.f("uq_overlay_table_name_row_id_column_name")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "person",
        *sourced("person"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "person_seat",
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("seat_id", ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "valid_from", name=op.f("pk_person_seat")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "plan_rate",
        *sourced("plan_rate"),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "product_line",
        *sourced("product_line"),
        sa.Column("name", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quota_plan",
        *sourced("quota_plan"),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "setting",
        *row("setting"),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.UniqueConstraint("key", name=op.f("uq_setting_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stage",
        *sourced("stage"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("probability", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "territory",
        *sourced("territory"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", ROW_ID, nullable=True),
        to("territory", "parent_id", "territory"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account",
        *sourced("account"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("territory_id", ROW_ID, nullable=True),
        sa.Column("owner_id", ROW_ID, nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        to("account", "owner_id", "person"),
        to("account", "territory_id", "territory"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        to("event", "change_id", "change"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_table(
        "product",
        *sourced("product"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("line_id", ROW_ID, nullable=True),
        sa.Column("list_price", sa.BigInteger(), nullable=True),
        sa.Column("unit_cost", sa.BigInteger(), nullable=True),
        to("product", "line_id", "product_line"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "seat",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        *sourced("seat"),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("territory_id", ROW_ID, nullable=True),
        to("seat", "territory_id", "territory"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "occupancy",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        *sourced("occupancy"),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("seat_id", ROW_ID, nullable=False),
        to("occupancy", "person_id", "person"),
        to("occupancy", "seat_id", "seat"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "opportunity",
        *sourced("opportunity"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("account_id", ROW_ID, nullable=True),
        sa.Column("owner_id", ROW_ID, nullable=True),
        sa.Column("product_id", ROW_ID, nullable=True),
        sa.Column("line_id", ROW_ID, nullable=True),
        sa.Column("stage_id", ROW_ID, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("reporting_amount", sa.BigInteger(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("lost_reason", sa.String(), nullable=True),
        to("opportunity", "account_id", "account"),
        to("opportunity", "line_id", "product_line"),
        to("opportunity", "owner_id", "person"),
        to("opportunity", "product_id", "product"),
        to("opportunity", "stage_id", "stage"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "personal_values",
        sa.Column("event_id", ROW_ID, nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        to("personal_values", "event_id", "event"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_personal_values")),
    )
    op.create_table(
        "quota_cell",
        *sourced("quota_cell"),
        sa.Column("plan_id", ROW_ID, nullable=False),
        sa.Column("seat_id", ROW_ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("line_id", ROW_ID, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        to("quota_cell", "line_id", "product_line"),
        to("quota_cell", "plan_id", "quota_plan"),
        to("quota_cell", "seat_id", "seat"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reporting",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        *sourced("reporting"),
        sa.Column("seat_id", ROW_ID, nullable=False),
        sa.Column("manager_seat_id", ROW_ID, nullable=False),
        to("reporting", "manager_seat_id", "seat"),
        to("reporting", "seat_id", "seat"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "territory_assignment",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        *sourced("territory_assignment"),
        sa.Column("seat_id", ROW_ID, nullable=False),
        sa.Column("territory_id", ROW_ID, nullable=False),
        to("territory_assignment", "seat_id", "seat"),
        to("territory_assignment", "territory_id", "territory"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sale",
        *sourced("sale"),
        sa.Column("opportunity_id", ROW_ID, nullable=True),
        sa.Column("account_id", ROW_ID, nullable=True),
        sa.Column("product_id", ROW_ID, nullable=True),
        sa.Column("line_id", ROW_ID, nullable=True),
        sa.Column("territory_id", ROW_ID, nullable=True),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("reporting_amount", sa.BigInteger(), nullable=False),
        sa.Column("reporting_cost", sa.BigInteger(), nullable=True),
        to("sale", "account_id", "account"),
        to("sale", "line_id", "product_line"),
        to("sale", "opportunity_id", "opportunity"),
        to("sale", "product_id", "product"),
        to("sale", "territory_id", "territory"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stage_change",
        *sourced("stage_change"),
        sa.Column("opportunity_id", ROW_ID, nullable=False),
        sa.Column("stage_id", ROW_ID, nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        to("stage_change", "opportunity_id", "opportunity"),
        to("stage_change", "stage_id", "stage"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "credit",
        *sourced("credit"),
        sa.Column("sale_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("seat_id", ROW_ID, nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        to("credit", "person_id", "person"),
        to("credit", "sale_id", "sale"),
        to("credit", "seat_id", "seat"),
        sqlite_autoincrement=True,
    )
    for table, indexes in INDEXES.items():
        for columns in (index.split(", ") for index in indexes):
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
