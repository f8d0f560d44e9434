"""``python -m benchmarks.million [TICKETS] [postgresql]``: a thousand tickets beside very many, on the same machine."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.million import base
from benchmarks.million.asking import Asked, open_portal
from benchmarks.million.base import TICKETS, Readers
from benchmarks.million.copying import copy, rows_of
from portal.core import clock
from portal.core.db import Database, open_database
from portal.tickets.services import gather_terms, settle_due
from tests.postgres import find_binaries, new_database, running_cluster

CALLS = 120


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
    is_more, has_begun = database.is_sqlite, False
    while is_more:  # as the worker does every night
        with database.write() as session:
            is_more = gather_terms(session, has_begun=has_begun)
        has_begun = True
    with database.reader.connect() as connection:
        print("  ".join(f"{name} {number:,}" for name, number in rows_of(connection)), flush=True)
    database.dispose()
    return readers


def show(few: Asked, many: Asked) -> None:
    """Print what each page costs among few tickets and among many, and how many times that is."""
    print(f"{'page':<28}{'statements':>11}{'touched':>20}{'read':>20}{'median ms':>20}{'p95 ms':>20}")
    for page in few.calls:
        for asked in (few, many):
            assert asked.calls[page]() > 0
        line = f"{page:<28}{few.statements(page):>6}{many.statements(page):>5}"
        line += _pair(few.touched(page), many.touched(page), ",") + _pair(few.read(page), many.read(page), ",")
        one, two = _times(few, many, page)
        line += _pair(median(one), median(two), ".2f") + _pair(_almost_most(one), _almost_most(two), ".2f")
        print(line, flush=True)


def _pair(few: float | None, many: float | None, form: str) -> str:
    if not few or many is None:
        return " " * 20
    return f"{few:>7{form}}{many:>7{form}}{many / few:>6.2f}"


def _almost_most(times: Sequence[float]) -> float:
    """Return what nineteen of twenty calls stay under."""
    return quantiles(times, n=20)[-1]


def _times(few: Asked, many: Asked, page: str) -> tuple[list[float], list[float]]:
    """Return the milliseconds of every call; the two take turns, so that noise meets both."""
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(CALLS):
        for asked, times in zip((few, many), found, strict=True):
            times.append(asked.seconds(page) * 1000)
    return found


def _look(database: Database) -> str:
    """Return what the worker's look at the clock finds due, and how long it takes."""
    begun = perf_counter()
    with database.write() as session:
        settled = settle_due(session, at=base.NOW)
    return f"a look at the clock: {settled} due, {perf_counter() - begun:.2f} s"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, sys.argv[2] if len(sys.argv) > 2 else "sqlite")
