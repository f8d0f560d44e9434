"""``python -m benchmarks.lists [ROWS]``: what lists from elsewhere cost, and that a killed worker loses nothing.

A list of organisations and one of contacts, ten rows of each wrong: read, looked through, taken in, and once more. The
worker is a process of its own that is killed in the middle, with no time to tidy up; another one goes on.
"""

import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, select

from portal import schema
from portal.accounts.models import Organisation
from portal.administration.models import ListImport, RefusedRow, Register
from portal.administration.services import Received, go_on, receive, take_in
from portal.administration.services.taking.judging import COLUMNS
from portal.administration.services.taking.records import read_records
from portal.administration.services.taking.rows import count_rows, write_rows
from portal.core import clock
from portal.core.actor import Actor, Role
from portal.core.db import Database, open_database
from portal.files.storage import FolderStorage
from tests import factories

WRONG = 10
_FORK = get_context("fork")


def main(rows: int) -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'portal.db'}"
        database = open_database(url)
        schema.upgrade(database)
        admin = _admin(database)
        for register in (Register.ORGANISATIONS, Register.CONTACTS):
            _measure(database, folder, register, rows, admin)
        database.dispose()
        _interrupt(url, folder, rows, admin)


def _admin(database: Database) -> Actor:
    with database.write() as session:
        agent = factories.an_agent(session, "Li Admin", role=Role.ADMIN)
        return Actor(person_id=agent.person_id, name="Li Admin", role=Role.ADMIN)


def _measure(database: Database, folder: Path, register: Register, rows: int, admin: Actor) -> None:
    body = "\n".join(_lines(register, rows)).encode()
    began = time.process_time()
    kept = _kept(register, body)
    print(f"{register}, {rows:,} rows, {len(body):,} bytes: read in {time.process_time() - began:.2f} s")
    storage = FolderStorage(folder)
    for words in ("first", "again"):
        list_id = _send(database, storage, register, kept, admin)
        _print_round(database, storage, list_id, f"{words}, looked through")
        _decide(database, list_id, admin)
        _print_round(database, storage, list_id, f"{words}, taken in")
    print(f"  memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _lines(register: Register, rows: int) -> Iterator[str]:
    columns = {Register.ORGANISATIONS: "code,name,tier,region", Register.CONTACTS: "organisation,name,email,phone,role"}
    yield columns[register]
    wrong = set(range(rows // WRONG // 2, rows, rows // WRONG))
    for each in range(rows):
        if register is Register.ORGANISATIONS:
            yield f"K-{each},Hospital {each},{'platinum?' if each in wrong else 'gold'},Hunan"
        else:
            mail = "no address" if each in wrong else f"somebody{each}@hospital.example"
            yield f"K-{each // 50 * 50 + 1},Person {each},{mail},13{each:09d},contact"


def _kept(register: Register, body: bytes) -> bytes:
    records = read_records(body)
    columns = next(records).cells
    assert set(columns) <= set(COLUMNS[register])
    return write_rows(register, columns, records)


def _send(database: Database, storage: FolderStorage, register: Register, kept: bytes, admin: Actor) -> Any:
    received = Received(register, storage.put(kept), len(kept), count_rows(kept))
    with database.write() as session:
        return receive(session, received, by=admin, at=clock.now()).id


def _decide(database: Database, list_id: Any, admin: Actor) -> None:
    with database.write() as session:
        take_in(session, session.get_one(ListImport, list_id), by=admin, at=clock.now())


def _print_round(database: Database, storage: FolderStorage, list_id: Any, words: str) -> None:
    began, pieces, statements = time.process_time(), 0, _Statements(database.writer)
    while _piece(database, storage):
        pieces += 1
    spent = time.process_time() - began
    with database.read() as session:
        row = session.get_one(ListImport, list_id)
        listed = session.scalar(select(func.count()).select_from(RefusedRow).where(RefusedRow.import_id == list_id))
        print(
            f"  {words}: {spent:.2f} s of the processor, {pieces} pieces, {statements.count} statements; "
            f"{row.added:,} added, {row.changed} changed, {row.same:,} the same, {row.refused} refused, {listed} listed"
        )
    statements.stop()


def _piece(database: Database, storage: FolderStorage) -> bool:
    with database.write() as session:
        return go_on(session, storage=lambda: storage, at=clock.now())


class _Statements:
    """How many statements were sent."""

    def __init__(self, engine: Engine) -> None:
        self.count, self._engine = 0, engine
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, *_: object) -> None:
        self.count += 1

    def stop(self) -> None:
        """Count no more."""
        event.remove(self._engine, "before_cursor_execute", self._note)


def _interrupt(url: str, folder: Path, rows: int, admin: Actor) -> None:
    """Kill a worker in the middle of taking a list in, again and again, until one of them comes to the end."""
    storage = FolderStorage(folder)
    body = "\n".join(line.replace("K-", "N-") for line in _lines(Register.ORGANISATIONS, rows)).encode()
    database = open_database(url)
    list_id = _send(database, storage, Register.ORGANISATIONS, _kept(Register.ORGANISATIONS, body), admin)
    while _piece(database, storage):
        pass
    _decide(database, list_id, admin)
    database.dispose()
    killed = 0
    while not _works_until_done(url, folder):
        killed += 1
    database = open_database(url)
    with database.read() as session:
        there = session.scalar(select(func.count()).where(Organisation.code.startswith("N-")))
        codes = session.scalar(
            select(func.count(Organisation.code.distinct())).where(Organisation.code.startswith("N-"))
        )
        row = session.get_one(ListImport, list_id)
        print(f"killed {killed} times: {row.state}, {row.added:,} added, {there:,} there, {codes:,} different")
    database.dispose()


def _works_until_done(url: str, folder: Path) -> bool:
    """Let a worker work for a moment, then kill it; returns whether it came to the end."""
    worker = _FORK.Process(target=_work, args=(url, folder))
    worker.start()
    worker.join(timeout=0.9)
    if worker.pid is not None and worker.is_alive():
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
    return worker.exitcode == 0


def _work(url: str, folder: Path) -> None:
    database = open_database(url)
    while _piece(database, FolderStorage(folder)):
        pass
    database.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
