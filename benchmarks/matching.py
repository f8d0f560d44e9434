"""Matching 5,000 organisations against a range, and a problem against known issues: `python -m benchmarks.matching`."""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from portal import schema
from portal.accounts.models import Installation, Organisation
from portal.catalogue.models import Product
from portal.core import clock
from portal.core.actor import Actor, Role
from portal.core.db import Database, open_database
from portal.features import import_models
from portal.notices.models import (
    ActionNeeded,
    Notice,
    NoticeKind,
    NoticeRevision,
    NoticeScope,
    NoticeText,
    ProductRange,
    TextStatus,
)
from portal.notices.queries import Problem, known_issues_for
from portal.notices.queries.concern import Installed, concern
from portal.notices.queries.reach import organisations_reached

ORGANISATIONS = 5_000
ISSUES = 200
HIS = ProductRange("his", "", {"en": "HIS"}, {}, "5.0 至 5.6.2")


def main() -> None:
    """Measure and print a line each: the median of 21 runs, in milliseconds."""
    import_models()
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'matching.db'}")
        schema.upgrade(database)
        measure(database)
        database.dispose()


def measure(database: Database) -> None:
    """Fill a database and ask it."""
    numbers = random.Random(1)
    versions = [f"5.{numbers.randint(0, 8)}.{numbers.randint(0, 9)}" for _ in range(ORGANISATIONS)]
    runs = [[Installed("his", frozenset(), each)] for each in versions]
    with database.write() as session:
        revision_id, reader = fill(session, versions)
    say(f"{ORGANISATIONS} organisations, worked out", lambda: [concern([HIS], each) for each in runs])
    with database.read() as session:
        revision = session.get_one(NoticeRevision, revision_id)
        say(f"{ORGANISATIONS} organisations, read and worked out", lambda: organisations_reached(session, revision))
        problem = Problem("his", "orders", "5.5.1")
        today = date(2026, 4, 21)
        say(f"{ISSUES} known issues", lambda: known_issues_for(session, reader, problem, locale="en", today=today))


def fill(session: Session, versions: list[str]) -> tuple[object, Actor]:
    """Add organisations with one installation each, and known issues of which three match."""
    at = clock.now()
    session.add(Product(code="his", names={"en": "HIS"}))
    session.flush()
    organisations = [Organisation(name=f"Hospital {number}", created_at=at) for number in range(len(versions))]
    session.add_all(organisations)
    session.flush()
    session.add_all(
        Installation(organisation_id=each.id, product_code="his", version=version, modules=[], changed_at=at)
        for each, version in zip(organisations, versions, strict=True)
    )
    revisions = [_issue(session, number) for number in range(ISSUES)]
    session.flush()
    return revisions[0].id, Actor(role=Role.CONTACT, organisation_id=organisations[0].id)


def _issue(session: Session, number: int) -> NoticeRevision:
    at = clock.now()
    expires_on = date(2026, 12, 31)
    ranges = [HIS if number % 70 == 0 else ProductRange("his", "", {"en": "HIS"}, {}, f"<4.{number}")]
    facts = {"scope": NoticeScope.CUSTOMERS, "action": ActionNeeded.NONE, "expires_on": expires_on}
    notice = Notice(
        code=f"N-2026-{number:03d}", kind=NoticeKind.KNOWN_ISSUE, state="active", revision_number=1, created_at=at,
        published_at=at, source_language="en", **facts,
    )  # fmt: skip
    session.add(notice)
    session.flush()
    revision = NoticeRevision(
        notice_id=notice.id, number=1, created_at=at, published_at=at, state="published",
        products=[each.as_row() for each in ranges], **facts,
    )  # fmt: skip
    session.add(revision)
    session.flush()
    words = {"what": "It is slow.", "steps": [{"do": "Wait", "see": "It goes on"}]}
    session.add(
        NoticeText(revision_id=revision.id, language="en", status=TextStatus.SOURCE, title="Slow", document=words)
    )
    return revision


def say(what: str, do: Callable[[], object]) -> None:
    """Print how long something takes, and how much of that the processor worked for it."""
    do()
    walls, works = [], []
    for _ in range(21):
        begun, worked = time.perf_counter(), time.process_time()
        do()
        walls.append((time.perf_counter() - begun) * 1000)
        works.append((time.process_time() - worked) * 1000)
    wall, work = statistics.median(walls), statistics.median(works)
    sys.stdout.write(f"{what}: median {wall:.1f} ms, of which {work:.1f} ms at work; best {min(walls):.1f} ms\n")


if __name__ == "__main__":
    main()
