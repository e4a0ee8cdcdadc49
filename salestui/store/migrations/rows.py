"""Parts of tables that many revisions create: what every kept row has, and references."""

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A reference to another table's row."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")


def row(table: str) -> list[SchemaItem]:
    """The columns of a row that people change."""
    return [
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=True),
    ]


def sourced(table: str) -> list[SchemaItem]:
    """The columns of a row that may come from another system."""
    return [
        *row(table),
        sa.UniqueConstraint("source", "source_id", name=f"uq_{table}_source_source_id"),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=True),
    ]


def dated() -> list[SchemaItem]:
    """The columns of what is true for a time."""
    return [sa.Column("valid_from", sa.Date(), nullable=False), sa.Column("valid_to", sa.Date(), nullable=False)]
