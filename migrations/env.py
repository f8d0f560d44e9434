"""How Alembic reaches the database and what the models say."""

from alembic import context
from sqlalchemy import Connection

from portal.core.db import Base
from portal.features import import_models

import_models()


def run() -> None:
    """Run the migrations on the connection that the caller opened."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        user_module_prefix="db.",
    )
    with context.begin_transaction():
        context.run_migrations()


run()
