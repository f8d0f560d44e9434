"""The database's tables, brought to the state this release needs."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from portal.agreements.services import ship
from portal.core import clock
from portal.core.db import Database
from portal.settings import ROOT


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


HEAD = "head"


def upgrade(database: Database, revision: str = HEAD) -> None:
    """Bring the tables up to a revision; the newest gets the calendar and the policies that come with the portal."""
    with database.writer.begin() as connection:
        command.upgrade(_config(connection), revision)
        if revision == HEAD:
            with Session(connection) as session:
                ship(session, at=clock.now())
                session.flush()


def downgrade(database: Database, revision: str) -> None:
    """Take the tables back down to a revision."""
    with database.writer.begin() as connection:
        command.downgrade(_config(connection), revision)


def is_current(database: Database) -> bool:
    """Whether the tables are in the state this release needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with database.reader.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
