"""Letting go of what nobody needs any more."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.core import clock, web
from portal.files.delivery import storage
from portal.files.models import StoredFile
from portal.files.services import MadeFile, Owner, receive
from portal.notices.messages import PUBLISHED
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.worker import Worker
from portal.privacy.services import TIDY_JOB
from portal.privacy.views.wiring import ask_for_tidying, tidy

LONG_AGO = timedelta(days=91)


@pytest.fixture
def tidied(app: Flask, session: Session) -> "Tidied":
    """Return what does the tidying."""
    return Tidied(app, session)


class Tidied:
    """A portal with something to tidy."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app, self.session = app, session

    def message(self, key: str, kind: str = "ticket-update", *, ago: timedelta | None = LONG_AGO) -> None:
        """Add a message that was delivered a while ago, or never."""
        at = clock.now()
        delivered = at - ago if ago is not None else None
        row = OutboxMessage(kind=kind, dedupe_key=key, created_at=at, next_at=at, delivered_at=delivered)
        self.session.add(row)
        self.session.commit()

    def file(self, *, days_old: int, has_row: bool = True) -> str:
        """Put a file onto the store, with its row or without."""
        with self.app.app_context():
            key = storage().put(b"%PDF")
            written = (clock.now() - timedelta(days=days_old)).timestamp()
            os.utime(storage().path_of(key), (written, written))
        if has_row:
            made = MadeFile("a.pdf", "application/pdf", 4, "0" * 64)
            receive(self.session, made, storage_key=key, owner=Owner(None, None), at=clock.now())
            self.session.commit()
        return key

    def paper(self, key: str, *, ago: timedelta) -> str:
        """Add a sheet that was made a while ago; returns the key of its bytes."""
        at, stored = clock.now(), self.file(days_old=ago.days)
        file_id = self.session.scalars(select(StoredFile.id).where(StoredFile.storage_key == stored)).one()
        result = {"file_id": str(file_id)}
        row = Job(kind="pdf", dedupe_key=key, created_at=at, next_at=at, done_at=at - ago, result=result)
        self.session.add(row)
        self.session.commit()
        return stored

    def tidy(self) -> dict[str, object]:
        """Do what the worker does once a day."""
        with self.app.app_context():
            return dict(tidy(web.database(), {}))

    def is_there(self, key: str) -> bool:
        """Whether a file is still on the store."""
        with self.app.app_context():
            return storage().path_of(key).is_file()

    @property
    def messages(self) -> set[str]:
        """What is still remembered of messages."""
        self.session.expire_all()
        return set(self.session.scalars(select(OutboxMessage.dedupe_key)))


def test_what_was_delivered_is_forgotten_after_some_months(tidied: Tidied) -> None:
    tidied.message("old")
    tidied.message("new", ago=timedelta(days=89))
    tidied.message("waits", ago=None)
    assert tidied.tidy()["messages"] == 1
    assert tidied.messages == {"new", "waits"}


def test_whoever_was_told_of_a_notice_is_remembered_for_its_withdrawal(tidied: Tidied) -> None:
    tidied.message("told", PUBLISHED)
    tidied.tidy()
    assert tidied.messages == {"told"}


def test_more_than_one_transaction_holds_is_forgotten_in_several(
    tidied: Tidied, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.privacy.services.tidying.AT_ONCE", 2)
    for number in range(5):
        tidied.message(f"old-{number}")
    assert tidied.tidy()["messages"] == 5
    assert tidied.messages == set()


def test_old_sheets_go_with_their_files_and_those_of_notices_stay(tidied: Tidied) -> None:
    old = tidied.paper("ticket-paper:1:2-0:en:x", ago=LONG_AGO)
    fresh = tidied.paper("ticket-paper:1:3-0:en:x", ago=timedelta(days=1))
    notice = tidied.paper("notice-paper:N-1:1:en", ago=LONG_AGO)
    assert tidied.tidy()["papers"] == 1
    assert [tidied.is_there(each) for each in (old, fresh, notice)] == [False, True, True]
    tidied.session.expire_all()
    assert len(tidied.session.scalars(select(StoredFile)).all()) == 2


def test_old_pictures_of_pages_go_with_their_sheet(tidied: Tidied) -> None:
    picture = tidied.file(days_old=1)
    file_id = tidied.session.scalars(select(StoredFile.id).where(StoredFile.storage_key == picture)).one()
    sheet = tidied.paper("notice-preview:1", ago=LONG_AGO)
    job = tidied.session.scalars(select(Job).where(Job.dedupe_key == "notice-preview:1")).one()
    job.result = {**job.result, "page_ids": [str(file_id)]}
    tidied.session.commit()
    tidied.tidy()
    assert [tidied.is_there(each) for each in (sheet, picture)] == [False, False]


def test_a_file_that_belongs_to_nothing_goes_after_a_day(tidied: Tidied) -> None:
    stray, just_sent = tidied.file(days_old=2, has_row=False), tidied.file(days_old=0, has_row=False)
    kept = tidied.file(days_old=400)
    assert tidied.tidy()["files"] == 1
    assert [tidied.is_there(each) for each in (stray, just_sent, kept)] == [False, True, True]


def test_what_was_begun_and_never_finished_goes_too(tidied: Tidied) -> None:
    with tidied.app.app_context():
        whole: Path = storage().path_of(tidied.file(days_old=0, has_row=False))
    half = whole.with_suffix(".part")
    half.write_bytes(b"%P")
    written = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(half, (written, written))
    tidied.tidy()
    assert not half.exists()


def test_an_empty_portal_is_tidy(tidied: Tidied) -> None:
    assert tidied.tidy() == {"messages": 0, "papers": 0, "files": 0, "words": 0}


def test_the_worker_tidies_once_a_night(tidied: Tidied) -> None:
    tidied.message("old")
    with tidied.app.app_context():
        for hours in (0, 8, 16, 17, 18):  # from two minutes past ten in the morning
            ask_for_tidying(tidied.session, at=clock.now() + timedelta(hours=hours))
            ask_for_tidying(tidied.session, at=clock.now() + timedelta(hours=hours, minutes=1))
    tidied.session.commit()
    (asked,) = tidied.session.scalars(select(Job).where(Job.kind == TIDY_JOB))
    assert asked.dedupe_key == "tidy:2026-04-22"
    with clock.stopped_at(asked.next_at):
        worker = Worker(tidied.app)
        while worker.turn():
            pass
    assert tidied.messages == set()


def test_what_tickets_are_found_by_is_gathered_in_one_place(tidied: Tidied, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.tickets.services.finding._BLOCKS", 1)
    add = text("INSERT INTO ticket_terms(rowid, terms) VALUES (:number, :terms)")
    for number in range(1, 12):
        tidied.session.execute(add, {"number": number, "terms": f"slow {' '.join(map(str, range(number, 900)))}"})
        tidied.session.commit()
    assert parts_of_index(tidied) > 4
    assert tidied.tidy()["words"] != 0
    assert parts_of_index(tidied) == 1
    found = text("SELECT count(*) FROM ticket_terms WHERE ticket_terms MATCH 'slow'")
    assert tidied.session.execute(found).scalar() == 11
    assert tidied.tidy()["words"] == 0


def parts_of_index(tidied: Tidied) -> int:
    """Return in how many parts a search looks."""
    return int(tidied.session.execute(text("SELECT count(DISTINCT segid) FROM ticket_terms_idx")).scalar_one())
