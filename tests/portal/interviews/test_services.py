"""Drafts and parked forms on both databases."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from intake.interview import Interview as Run
from portal.core import clock, limits
from portal.core.db import Database
from portal.core.models import TypedText
from portal.files.models import StoredFile
from portal.interviews import queries, services
from portal.interviews.models import DraftFile, Interview, ParkedForm
from portal.interviews.queries import Draft
from portal.interviews.services import Beginning, DraftError, Sent, Step
from portal.questionnaires.labels import Labels
from portal.questionnaires.queries import parsed
from portal.tickets.models import Ticket
from tests.portal.interviews.cast import Browser, Cast, a_cast
from tests.portal_app import TUESDAY_MORNING

KEEP = timedelta(days=30)
KEY = "for-tests-only-" * 4


@pytest.fixture
def people(migrated: Database) -> Cast:
    """Return a hospital on each database in turn."""
    with clock.stopped_at(TUESDAY_MORNING), Session(migrated.writer, expire_on_commit=False) as session:
        return a_cast(session)


def a_draft(database: Database, people: Cast) -> Draft:
    actor = Browser.actor_of(people)
    with database.write() as session:
        return services.begin(session, people.version_id, by=actor, keep=KEEP, at=TUESDAY_MORNING)


def save(database: Database, draft: Draft, **changes: object) -> Draft:
    with database.write() as session:
        return services.save(session, draft, Step(changes, page="impact"), keep=KEEP, at=TUESDAY_MORNING)


def now(database: Database, draft: Draft) -> Draft:
    with database.write() as session:
        found = queries.current(session, draft.id)
    assert found is not None
    return found


def test_what_two_windows_save_is_kept_together(migrated: Database, people: Cast) -> None:
    draft = a_draft(migrated, people)
    save(migrated, draft, product="his")
    save(migrated, draft, blocked="slow")
    assert dict(now(migrated, draft).answers) == {"product": "his", "blocked": "slow"}
    assert now(migrated, draft).version == 2


def test_a_saved_draft_is_kept_longer(migrated: Database, people: Cast) -> None:
    draft = a_draft(migrated, people)
    with migrated.write() as session:
        later = TUESDAY_MORNING + timedelta(days=3)
        saved = services.save(session, draft, Step({"product": "his"}), keep=KEEP, at=later)
    assert saved.expires_at == later + KEEP
    assert now(migrated, draft) == saved


def test_what_was_sent_is_not_changed_any_more(migrated: Database, people: Cast) -> None:
    draft = a_draft(migrated, people)
    with migrated.write() as session:
        services.finish(session, draft, ticket_id=None, at=TUESDAY_MORNING)
    with pytest.raises(DraftError) as caught:
        save(migrated, draft, product="his")
    assert caught.value.code == "already-sent"


def test_an_interview_is_sent_once(migrated: Database, people: Cast) -> None:
    draft = save(migrated, a_draft(migrated, people), product="his", blocked="asking", callback="010-5555-0199")
    with migrated.read() as session:
        questionnaire = parsed(session, people.version_id)
    run = Run.begin(questionnaire, today=TUESDAY_MORNING.date(), answers=draft.answers)
    sent = Sent(draft, run, Labels(questionnaire, "en"))
    with migrated.write() as session:
        services.send(session, sent, by=Browser.actor_of(people), at=TUESDAY_MORNING)
    with pytest.raises(DraftError), migrated.write() as session:
        services.send(session, replace(sent, once="another"), by=Browser.actor_of(people), at=TUESDAY_MORNING)
    with migrated.read() as session:
        assert len(session.scalars(select(Ticket)).all()) == 1
        assert len(session.scalars(select(TypedText)).all()) == 2


def test_only_contacts_fill_in_interviews(migrated: Database, people: Cast) -> None:
    agent = replace(Browser.actor_of(people), contact_id=None, organisation_id=None)
    with pytest.raises(DraftError), migrated.write() as session:
        services.start(session, Beginning(people.version_id), by=agent, keep=KEEP, at=TUESDAY_MORNING)


def test_a_draft_that_has_run_out_goes_with_its_files_and_what_was_parked(migrated: Database, people: Cast) -> None:
    draft = a_draft(migrated, people)
    add_a_file(migrated, draft, people)
    with migrated.write() as session:
        services.park(session, {}, interview_id=draft.id, page="show", secret_key=KEY, at=TUESDAY_MORNING + KEEP)
    removed: list[str] = []
    with migrated.write() as session:
        services.purge(session, remove=removed.append, at=TUESDAY_MORNING + KEEP)
        assert removed == [], "nothing is removed before it is certain"
    assert removed == ["0" * 40]
    with migrated.read() as session:
        for table in (Interview, DraftFile, StoredFile, ParkedForm):
            assert session.execute(select(table)).all() == []


def test_a_draft_that_is_still_kept_stays(migrated: Database, people: Cast) -> None:
    draft = a_draft(migrated, people)
    add_a_file(migrated, draft, people)
    removed: list[str] = []
    with migrated.write() as session:
        services.purge(session, remove=removed.append, at=TUESDAY_MORNING + KEEP - timedelta(seconds=1))
    assert removed == []
    assert now(migrated, draft) == draft


def add_a_file(database: Database, draft: Draft, people: Cast) -> None:
    with database.write() as session:
        file = StoredFile(
            organisation_id=people.organisation.id,
            person_id=people.person.id,
            name="log.txt",
            media_type="text/plain",
            size=3,
            sha256="0" * 64,
            storage_key="0" * 40,
            created_at=TUESDAY_MORNING,
        )
        session.add(file)
        session.flush()
        session.execute(insert(DraftFile).values(file_id=file.id, interview_id=draft.id, question_id="files"))


def test_a_parked_form_comes_back_as_it_was_typed(migrated: Database, people: Cast) -> None:
    draft = a_draft(migrated, people)
    typed = {"q-error_text": ["ORD-1407 出错"]}
    with migrated.write() as session:
        token = services.park(session, typed, interview_id=draft.id, page="message", secret_key=KEY, at=TUESDAY_MORNING)
    assert opened(migrated, token, draft.id) == typed
    assert opened(migrated, token, draft.id, key="another key " * 4) is None
    assert opened(migrated, "another token", draft.id) is None


def opened(database: Database, token: str, interview_id: UUID, key: str = KEY) -> dict[str, list[str]] | None:
    with database.read() as session:
        return services.open_parked(
            session, token, interview_id=interview_id, page="message", secret_key=key, at=TUESDAY_MORNING
        )


def test_tries_are_counted(migrated: Database) -> None:
    with migrated.write() as session:
        tries = [limits.hit(session, "key", TUESDAY_MORNING, timedelta(hours=1), 2) for _ in range(3)]
    assert tries == [True, True, False]
