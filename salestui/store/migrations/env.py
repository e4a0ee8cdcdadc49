"""Alembic's environment: it migrates the connection that it is handed, inside the caller's transaction."""

from alembic import context

from salestui.model.tables.everything import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
