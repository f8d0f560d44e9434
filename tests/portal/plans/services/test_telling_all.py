"""What is told while an emergency runs reaches everybody who has the same problem."""

from datetime import datetime

from sqlalchemy import select

from portal.core import clock
from portal.core.db import Database
from portal.core.models import TypedText
from portal.incidents import services as incidents
from portal.incidents.models import IncidentUpdate
from portal.outbox.models import Job
from portal.plans import services
from portal.plans.models import Emergency, EmergencyEntry, EntryKind, Mode
from portal.plans.services import News
from portal.tickets.models import Event, EventKind, Outcome, Promise, PromiseOutcome, Ticket, TicketState
from tests.portal.plans.scene import Scene, a_draft, join

WORDS = News("It is the disk.", {"zh_Hans": "是磁盘的问题。"})


def tell(scene: Scene, emergency: Emergency, database: Database, news: News = WORDS, minutes: int = 20) -> list[int]:
    """Tell the customers, let the worker do its part, and return how many tickets each job told."""
    services.tell(scene.session, emergency, news=news, by=scene.actor(scene.teller), at=scene.later(minutes))
    jobs = scene.session.scalars(select(Job).where(Job.kind == incidents.UPDATE_JOB)).all()
    scene.session.commit()
    with clock.stopped_at(scene.later(minutes)):
        told = [int(str(incidents.tell_all(database, each.parameters)["told"])) for each in jobs]
    scene.session.expire_all()
    return told


def tickets(scene: Scene) -> list[Ticket]:
    return list(scene.session.scalars(select(Ticket).order_by(Ticket.reference)))


def said(scene: Scene, ticket: Ticket) -> list[str]:
    rows = select(TypedText.body).join(Event, Event.text_id == TypedText.id)
    return list(
        scene.session.scalars(
            rows.where(Event.ticket_id == ticket.id, Event.kind == EventKind.UPDATED).order_by(Event.seq)
        )
    )


def promised(scene: Scene, ticket: Ticket) -> tuple[list[datetime], set[str]]:
    """Return what is still promised on a ticket, and how what was promised before ended."""
    rows = scene.session.execute(
        select(Promise.due_at, PromiseOutcome.outcome)
        .outerjoin(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
        .where(Promise.ticket_id == ticket.id)
    ).all()
    still = [row.due_at for row in rows if row.outcome is None]
    return still, {row.outcome for row in rows if row.outcome is not None}


def test_every_ticket_about_it_reads_it_once_in_its_language(
    scene: Scene, emergency: Emergency, database: Database
) -> None:
    assert tell(scene, emergency, database) == [2]
    assert [said(scene, each)[-1] for each in tickets(scene)] == [WORDS.words, WORDS.words, "是磁盘的问题。"]
    assert [said(scene, each).count(WORDS.words) for each in tickets(scene)] == [1, 1, 0]


def test_it_keeps_the_promise_on_each_and_makes_the_same_next_one(
    scene: Scene, emergency: Emergency, database: Database
) -> None:
    tell(scene, emergency, database, minutes=10)
    for ticket in tickets(scene):
        still, ended = promised(scene, ticket)
        assert Outcome.KEPT in ended
        assert Outcome.MISSED not in ended
        assert still == [scene.later(40)]
    assert emergency.next_update_at == scene.later(40)


def test_the_log_says_how_many_others_are_told(scene: Scene, emergency: Emergency, database: Database) -> None:
    tell(scene, emergency, database)
    entry = scene.session.scalars(select(EmergencyEntry).where(EmergencyEntry.kind == EntryKind.TOLD)).one()
    assert entry.facts["others"] == 2


def test_it_can_be_told_to_the_one_customer_alone(scene: Scene, emergency: Emergency, database: Database) -> None:
    assert tell(scene, emergency, database, News("Your key is at the gate.", to_all=False)) == []
    assert scene.session.scalars(select(IncidentUpdate)).all() == []


def test_whoever_owes_us_an_answer_is_promised_nothing(scene: Scene, emergency: Emergency, database: Database) -> None:
    other = tickets(scene)[1]
    other.state = TicketState.WAITING_CUSTOMER
    scene.session.commit()
    tell(scene, emergency, database)
    assert said(scene, tickets(scene)[1]) == [WORDS.words]
    assert promised(scene, tickets(scene)[1])[0] == []


def test_a_drill_tells_no_ticket(scene: Scene, database: Database) -> None:
    drill = scene.start(Mode.CLOSED)
    assert tell(scene, drill, database) == []


def test_a_plan_for_everybody_tells_all_from_its_start(scene: Scene, database: Database) -> None:
    notice = a_draft(scene)
    ticket, other = scene.ticket(), scene.ticket(scene.stranger)
    join(scene, notice, ticket, other)
    scene.plan.organisation_id = None
    services.start(
        scene.session,
        scene.plan,
        how=services.Start(Mode.REAL, "We are on it.", ticket),
        by=scene.actor(scene.lead),
        at=clock.now(),
    )
    (job,) = scene.session.scalars(select(Job).where(Job.kind == incidents.UPDATE_JOB)).all()
    scene.session.commit()
    incidents.tell_all(database, job.parameters)
    scene.session.expire_all()
    assert [said(scene, each) for each in (ticket, other)] == [["We are on it."]] * 2


def test_the_plan_of_one_organisation_starts_with_its_own_ticket_alone(scene: Scene, emergency: Emergency) -> None:
    assert scene.plan.organisation_id is not None
    assert [len(said(scene, each)) for each in tickets(scene)] == [1, 0, 0]
