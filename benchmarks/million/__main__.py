"""``python -m benchmarks.million [TICKETS] [postgresql]``: a thousand tickets beside very many, on the same machine."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.million import base
from benchmarks.million.asking import Asked, open_portal
from benchmarks.million.base import TICKETS, Readers
from benchmarks.million.copying import copy, rows_of
from portal.core import clock
from portal.core.db import Database, open_database
from portal.tickets.services import settle_due
from tests.postgres import find_binaries, new_database, running_cluster

ROUNDS, EACH = 15, 5


def main(tickets: int, engine: str) -> None:
    """Fill both databases, ask, and print a line a page."""
    with tempfile.TemporaryDirectory() as name, _urls(engine, Path(name)) as (few, many), clock.stopped_at(base.NOW):
        pair = []
        for number, url in ((TICKETS, few), (tickets, many)):
            readers = _fill(url, number)
            pair.append(open_portal(url, Path(name) / f"files-{number}", readers))
        show(*pair)
        for asked in pair:
            print(_look(asked.database))
            asked.database.dispose()


@contextmanager
def _urls(engine: str, folder: Path) -> Iterator[tuple[str, str]]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'few.db'}", f"sqlite:///{folder / 'many.db'}"
        return
    with running_cluster(find_binaries()) as cluster, new_database(cluster) as few, new_database(cluster) as many:
        yield few, many


def _fill(url: str, tickets: int) -> Readers:
    database = open_database(url)
    begun = perf_counter()

    def report(what: str) -> None:
        print(f"{tickets:>10,} {what} {perf_counter() - begun:.0f} s", flush=True)

    readers = base.make(database)
    report("made")
    copy(database, tickets // TICKETS - 1, readers.reference, report)
    with database.reader.connect() as connection:
        print("  ".join(f"{name} {number:,}" for name, number in rows_of(connection)), flush=True)
    database.dispose()
    return readers


def show(few: Asked, many: Asked) -> None:
    """Print what each page costs among few tickets and among many."""
    print(f"{'page':<28}{'statements':>12}{'blocks':>16}{'ratio':>7}{'ms':>16}{'ratio':>7}")
    for page in few.calls:
        for asked in (few, many):
            assert asked.calls[page]() > 0
        statements = f"{few.statements(page)} {many.statements(page)}"
        blocks = few.blocks(page), many.blocks(page)
        times = _times(few, many, page)
        middle = [median(each) * 1000 for each in times]
        by_round = median(two / one for one, two in zip(*times, strict=True))
        line = f"{page:<28}{statements:>12}{blocks[0]:>8,}{blocks[1]:>8,}{blocks[1] / blocks[0]:>7.2f}"
        print(f"{line}{middle[0]:>8.1f}{middle[1]:>8.1f}{by_round:>7.2f}", flush=True)


def _times(few: Asked, many: Asked, page: str) -> tuple[list[float], list[float]]:
    """Return the seconds of one call in every round; the two take turns, so that noise meets both."""
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for asked, times in zip((few, many), found, strict=True):
            begun = perf_counter()
            for _ in range(EACH):
                asked.calls[page]()
            times.append((perf_counter() - begun) / EACH)
    return found


def _look(database: Database) -> str:
    """Return what the worker's look at the clock finds due, and how long it takes."""
    begun = perf_counter()
    with database.write() as session:
        settled = settle_due(session, at=base.NOW)
    return f"a look at the clock: {settled} due, {perf_counter() - begun:.2f} s"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, sys.argv[2] if len(sys.argv) > 2 else "sqlite")
