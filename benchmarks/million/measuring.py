"""What a statement costs each database: blocks that it touches, and processor time."""

import ctypes
import time
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import Connection

from portal.core.db import Database

SCHEMA = "SELECT 1 FROM ticket LIMIT 0"
"""Makes a new connection read what tables there are."""
_HITS, _MISSES = 7, 8
"""SQLite's own numbers for blocks found in its cache, and blocks read."""
_BEHIND_THE_HEAD = 16
"""Where a connection of the driver keeps SQLite's: behind the two words that each Python object begins with."""
_LIBRARY = ctypes.CDLL(next(str(path) for path in Path(str(pysqlite3.__file__)).parent.glob("_sqlite3*.so")))


def sqlite_touches(connection: Connection, statement: str, values: Any) -> int:
    """Return how many blocks SQLite looks at for a statement, in its cache or not, as PostgreSQL counts them."""
    connection.exec_driver_sql(SCHEMA)
    raw = connection.connection.dbapi_connection
    before = _counted(raw, _HITS) + _counted(raw, _MISSES)
    connection.exec_driver_sql(statement, values).all()
    return _counted(raw, _HITS) + _counted(raw, _MISSES) - before


def _counted(raw: object, what: int) -> int:
    database = ctypes.c_void_p.from_address(id(raw) + _BEHIND_THE_HEAD)
    now, most = ctypes.c_int(), ctypes.c_int()
    _LIBRARY.sqlite3_db_status(database, what, ctypes.byref(now), ctypes.byref(most), 0)
    return now.value


def postgresql_touches(connection: Connection, statement: str, values: Any) -> int:
    """Return how many blocks PostgreSQL touches for a statement, as it counts them."""
    explained = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}"
    plan = connection.exec_driver_sql(explained, values).scalar_one()[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def read_calls() -> int:
    """Return how often this process has read from files."""
    lines = Path("/proc/self/io").read_text("ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)["syscr"])


def server_of(database: Database) -> int:
    """Return the number of the server's process that answers our pages."""
    with database.reader.connect() as connection:
        return int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())


def processor_time(server: int | None) -> float:
    """Return the seconds that this thread, and that process, have had a processor."""
    theirs = int(Path(f"/proc/{server}/schedstat").read_text("ascii").split()[0]) / 1e9 if server else 0.0
    return time.thread_time() + theirs
