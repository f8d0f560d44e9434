"""Whom a notice reaches, and who has answered."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import Database
from portal.notices import messages, queries, services
from portal.notices.models import AudienceKind, Notice, NoticeRevision, NoticeScope, ReceiptKind
from portal.notices.queries.reach import people_at
from portal.notices.queries.workbench import working_revision
from portal.outbox.models import OutboxMessage
from portal.outbox.queries import progress
from portal.outbox.services import queue_for_all
from tests import factories
from tests.portal.notices.cast import Cast, a_draft, a_notice, revise


def reached(cast: Cast, notice: Notice) -> dict[str, bool]:
    found = queries.organisations_reached(cast.session, working_revision(cast.session, notice))
    return {each.name: each.must_check for each in found}


def test_it_reaches_the_affected_and_those_of_whom_nothing_is_known(cast: Cast) -> None:
    assert reached(cast, a_draft(cast)) == {cast.qinghe.name: False, cast.songlin.name: True}


def test_it_does_not_reach_those_who_run_a_version_that_is_not_affected(cast: Cast, session: Session) -> None:
    factories.an_installation(session, cast.songlin, cast.product, "5.6.3")
    assert reached(cast, a_draft(cast)) == {cast.qinghe.name: False}


def test_it_keeps_to_the_audience(cast: Cast) -> None:
    only_south = {AudienceKind.REGION: ["south-china"]}
    not_qinghe = {AudienceKind.EXCEPT: [str(cast.qinghe.id)]}
    targeted: dict[str, Any] = {"scope": NoticeScope.TARGETED, "products": []}
    assert reached(cast, a_draft(cast, **targeted, audience=only_south)) == {cast.qinghe.name: False}
    assert reached(cast, a_draft(cast, **targeted, audience=not_qinghe)) == {cast.songlin.name: False}


def answer(cast: Cast, notice: Notice, kind: ReceiptKind) -> None:
    found = queries.reader_notice(cast.session, cast.actor(cast.tang), notice.code, locale="en")
    assert found is not None
    services.answer(cast.session, found, kind, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()


def standpoints(cast: Cast, notice: Notice, actor: Actor | None = None) -> list[tuple[str, ReceiptKind | None]]:
    revision = working_revision(cast.session, notice)
    reached = queries.organisations_reached(cast.session, revision)
    found = queries.standpoints(cast.session, actor or cast.colleague, notice, reached)
    return [(each.name, each.kind) for each in found]


def test_those_who_have_not_answered_come_first(cast: Cast) -> None:
    notice = a_notice(cast)
    answer(cast, notice, ReceiptKind.DONE)
    answer(cast, notice, ReceiptKind.OPENED)
    assert standpoints(cast, notice) == [(cast.songlin.name, None), (cast.qinghe.name, ReceiptKind.DONE)]


def test_an_answer_to_what_has_changed_since_counts_no_more(cast: Cast) -> None:
    notice = a_notice(cast)
    answer(cast, notice, ReceiptKind.DONE)
    revise(cast, notice)
    assert (cast.qinghe.name, None) in standpoints(cast, notice)


def test_a_limited_agent_sees_the_answers_of_their_organisations_only(cast: Cast) -> None:
    limited = Actor(
        person_id=cast.colleague.person_id,
        role=cast.colleague.role,
        agent_id=cast.reviewer.id,
        organisations=frozenset({cast.songlin.id}),
    )
    assert standpoints(cast, a_notice(cast), limited) == [(cast.songlin.name, None)]


def test_it_counts_organisations_contacts_and_those_who_must_look_for_themselves(cast: Cast, session: Session) -> None:
    unclear = factories.an_organisation(session, "Hill Hospital")
    factories.an_installation(session, unclear, cast.product, "the blue one")
    unknown = factories.an_organisation(session, "Lake Hospital")
    factories.an_installation(session, unknown, cast.product, "")
    found = queries.reach(session, queries.organisations_reached(session, working_revision(session, a_draft(cast))))
    assert (found.organisations, found.contacts, found.version_unknown, found.range_unclear) == (4, 3, 2, 1)


def test_everyone_at_some_organisations_is_queued_once(migrated: Database) -> None:
    at = clock.now()
    with migrated.write() as session:
        qinghe, songlin = factories.an_organisation(session), factories.an_organisation(session, "Songlin Clinic")
        people = [factories.a_contact(session, qinghe, name=f"Nurse {number}").person_id for number in range(3)]
        factories.a_contact(session, songlin, name="Zhou Min")
        notice = Notice(id=qinghe.id, code="N-2026-001")
        revision = NoticeRevision(number=1, products=[], audience={}, scope="public")
        for _ in range(2):
            message = messages.published(notice, revision)
            queue_for_all(session, message, people_at(session, [qinghe.id]), at=at)
        rows = session.execute(select(OutboxMessage)).scalars().all()
        assert {row.person_id for row in rows} == set(people)
        assert len(rows) == len({row.id for row in rows}) == 3
        assert all(row.is_bulk and row.parameters == {"number": 1} and row.next_at == at for row in rows)
        assert progress(session, messages.PUBLISHED, notice.id).waiting == 3


def test_contacts_are_counted(migrated: Database) -> None:
    with migrated.write() as session:
        qinghe = factories.an_organisation(session)
        factories.a_contact(session, qinghe)
        revision = NoticeRevision(number=1, products=[], audience={}, scope="public")
        found = queries.reach(session, queries.organisations_reached(session, revision))
        assert (found.organisations, found.contacts) == (1, 1)
