"""Everything about a person can be taken along, and erased so that no byte of it is found again."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import Person, SignInSession
from portal.accounts.services import Guest
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.db import Database
from portal.core.models import AuditEntry, TypedText
from portal.files.checks import CheckedFile
from portal.files.models import StoredFile
from portal.files.services import Owner, receive
from portal.files.storage import FolderStorage
from portal.outbox.models import Job, OutboxMessage
from portal.privacy import queries, services
from portal.privacy.permissions import FATES, EraseError
from portal.ratings.models import RatingKind
from portal.settings import Settings
from portal.tickets import services as tickets
from portal.tickets.models import Event, Ticket
from portal.tickets.services import Update
from tests.portal.ratings.scene import a_solved_ticket, rate
from tests.portal.tickets.cast import Cast, a_cast

CANARY = "zzcanaryzz"
NAMES = {"email": f"{CANARY}@hospital.example", "user_name": f"{CANARY}-user", "name": f"Nurse {CANARY}"}


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people, one of whom is to be found everywhere."""
    found = a_cast(session)
    person = session.get_one(Person, found.tang.person_id)
    person.email, person.user_name, person.name = NAMES["email"], NAMES["user_name"], NAMES["name"]
    person.phone = "+8613900001234"
    session.commit()
    return found


@pytest.fixture
def store(settings: Settings) -> FolderStorage:
    """Return where the bytes of files lie."""
    return FolderStorage(Path(settings.files_folder).absolute())


def a_life(cast: Cast, database: Database, store: FolderStorage) -> Ticket:
    """Let the person leave something in every place."""
    session, tang = cast.session, cast.actor(cast.tang)
    ticket = a_solved_ticket(cast, is_confirmed=False)
    body = f"{CANARY} in a file".encode()
    checked = CheckedFile(f"{CANARY}.txt", "text/plain", body)
    owner = Owner(cast.tang.person_id, cast.organisation.id)
    file = receive(session, checked, storage_key=store.put(body), owner=owner, at=clock.now())
    tickets.reopen(session, ticket, by=tang, at=clock.now(), words=f"{CANARY} again")
    said = Update(f"{CANARY} in a reply", [file.id])
    tickets.add_update(session, ticket, update=said, by=tang, at=clock.now())
    rate(cast, ticket, 3, RatingKind.MOOD, words=f"{CANARY} in a rating")
    with database.write() as writing:
        accounts.start_session(writing, person_id=cast.tang.person_id, browser="tests", at=clock.now())
        title = writing.get_one(TypedText, ticket.title_id)
        title.body = f"{CANARY} in a title"
    session.add(an_old_message(cast))
    session.commit()
    return ticket


def an_old_message(cast: Cast) -> OutboxMessage:
    """Make a message that was given up, with what the mail server said about the address."""
    return OutboxMessage(
        kind="ticket-update",
        person_id=cast.tang.person_id,
        parameters={"name": CANARY},
        dedupe_key="old",
        created_at=clock.now(),
        next_at=clock.now(),
        dead_at=clock.now(),
        last_error=f"RefusedError: 550 {NAMES['email']}",
    )


def erase(cast: Cast, database: Database, store: FolderStorage, *, by: Actor = SYSTEM) -> None:
    """Erase the person, and tidy up as the worker would."""
    with database.write() as session:
        keys = services.erase(session, cast.tang.person_id, by=by, at=clock.now())
    services.finish(database, keys, remove=store.remove)
    cast.session.expire_all()


def found_anywhere(folder: Path) -> list[str]:
    """Return the files below a folder that have the canary in them."""
    needle = CANARY.encode()
    return [str(path) for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes()]


def test_nothing_of_an_erased_person_is_found_in_any_file(
    cast: Cast, database: Database, store: FolderStorage, tmp_path: Path
) -> None:
    a_life(cast, database, store)
    assert {Path(each).name for each in found_anywhere(tmp_path)} & {"portal.db", "portal.db-wal"}
    assert any("/files/" in each for each in found_anywhere(tmp_path))
    erase(cast, database, store)
    assert found_anywhere(tmp_path) == []


def test_a_tombstone_and_the_hashes_stay(cast: Cast, database: Database, store: FolderStorage) -> None:
    ticket = a_life(cast, database, store)
    before = {row.id: row.sha256 for row in cast.session.query(TypedText)}
    events = cast.session.query(Event).filter_by(ticket_id=ticket.id).count()
    erase(cast, database, store)
    rows = cast.session.query(TypedText).all()
    assert {row.id: row.sha256 for row in rows} == before
    theirs = [row for row in rows if row.person_id == cast.tang.person_id]
    assert theirs
    assert {row.body for row in theirs} == {"", services.ERASED_NAME}
    assert all(row.erased_at == clock.now() for row in theirs)
    assert cast.session.query(Event).filter_by(ticket_id=ticket.id).count() == events
    person = cast.session.get_one(Person, cast.tang.person_id)
    assert (person.name, person.email, person.phone, person.user_name, person.active) == ("—", None, None, None, False)


def test_what_others_wrote_stays(cast: Cast, database: Database, store: FolderStorage) -> None:
    ticket = a_life(cast, database, store)
    by = cast.actor(cast.agent)
    event = tickets.add_update(cast.session, ticket, update=Update("We look"), by=by, at=clock.now())
    cast.session.commit()
    erase(cast, database, store)
    assert cast.session.get_one(TypedText, event.text_id).body == "We look"


@pytest.mark.slow
def test_sessions_end_and_messages_are_blank(cast: Cast, database: Database, store: FolderStorage) -> None:
    a_life(cast, database, store)
    erase(cast, database, store)
    assert cast.session.query(SignInSession).filter_by(person_id=cast.tang.person_id).count() == 0
    rows = cast.session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == cast.tang.person_id)).all()
    assert rows
    assert {(row.was_dropped, row.last_error, str(row.parameters)) for row in rows} == {(True, "", "{}")}
    assert all(row.delivered_at for row in rows)


def test_an_invitation_to_them_is_blank(cast: Cast, database: Database, store: FolderStorage) -> None:
    person = cast.session.get_one(Person, cast.tang.person_id)
    person.email = None
    cast.session.commit()
    with database.write() as session:
        guest, by = Guest(NAMES["email"], NAMES["name"]), cast.actor(cast.manager)
        accounts.invite(session, cast.organisation, guest, secret_key="k" * 40, by=by, at=clock.now())
    person.email = NAMES["email"]
    cast.session.commit()
    erase(cast, database, store)
    texts = [str(row) for row in cast.session.connection().exec_driver_sql("SELECT * FROM invitation")]
    texts += [str(row) for row in cast.session.connection().exec_driver_sql("SELECT * FROM outbox_message")]
    assert [text for text in texts if CANARY in text] == []


def test_it_is_written_down_who_erased(cast: Cast, database: Database, store: FolderStorage) -> None:
    by = cast.actor(cast.agent)
    erase(cast, database, store, by=by)
    entry = cast.session.query(AuditEntry).filter_by(action="erase-person").one()
    assert (entry.person_id, entry.subject_kind) == (by.person_id, "person")
    job = cast.session.query(Job).filter_by(kind=services.FINISH_JOB).one()
    assert job.parameters == {"keys": []}


def test_nobody_is_erased_twice_or_by_themselves(cast: Cast, database: Database, store: FolderStorage) -> None:
    with pytest.raises(EraseError, match="yourself"):
        erase(cast, database, store, by=cast.actor(cast.tang))
    erase(cast, database, store)
    with pytest.raises(EraseError, match="already-erased"):
        erase(cast, database, store)


def test_an_archive_holds_what_the_person_left(cast: Cast, database: Database, store: FolderStorage) -> None:
    ticket = a_life(cast, database, store)
    tables, names = taken_along(cast, store)
    assert tables["person"][0]["email"] == NAMES["email"]
    assert [row["reference"] for row in tables["ticket"]] == [ticket.reference]
    assert f"{CANARY} in a reply" in [row["body"] for row in tables["typed_text"]]
    assert {row["kind"] for row in tables["rating"]} == {"mood"}
    file = cast.session.query(StoredFile).one()
    assert f"files/{file.id}/{CANARY}.txt" in names


def test_an_archive_opens_no_door_and_names_nobody_else(cast: Cast, database: Database, store: FolderStorage) -> None:
    a_life(cast, database, store)
    tables, _ = taken_along(cast, store)
    columns = {name for rows in tables.values() for row in rows for name in row}
    assert not columns & {"password", "token_sha256", "fs_uniquifier", "secret", "storage_key"}
    assert {row["name"] for row in tables["person"]} == {NAMES["name"]}
    assert "He Ping" not in json.dumps(tables, ensure_ascii=False)


def taken_along(cast: Cast, store: FolderStorage) -> tuple[dict[str, Any], list[str]]:
    """Make the person's archive and read it again."""
    person_id = cast.tang.person_id
    read = lambda key: store.path_of(key).read_bytes()  # noqa: E731 (as short as what it reads)
    body = services.archive_of(cast.session, person_id, read=read, at=clock.now())
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = archive.namelist()
        tables = {name[:-5]: json.loads(archive.read(name)) for name in names if name.endswith(".json")}
    tables.pop("about")
    return tables, names


def test_every_table_that_says_who_is_known_to_erasing(app: Flask) -> None:
    assert set(queries.linked_tables()) == set(FATES), "say in portal/privacy/permissions.py what becomes of its rows"
