"""What emergencies and drills send, looked at where it leaves: a closed drill never mails a customer."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.core import clock
from portal.core.actor import Role
from portal.outbox import services as outbox
from portal.outbox.models import OutboxMessage
from portal.outbox.worker import Worker
from portal.plans import messages, services
from portal.plans.models import Emergency, EmergencyStep, Mode
from portal.plans.services import Agreed, Lessons, News
from portal.tickets.messages import CANNOT_WAIT
from portal.tickets.models import Ticket
from tests.factories import a_contact
from tests.portal.plans.scene import Scene

pytestmark = pytest.mark.slow

Deliver = Callable[..., list[EmailMessage]]
OUTSIDE = {"it@hospital.example", "nurse@hospital.example"}
ABOUT = "Nothing works at Qinghe"


@pytest.fixture
def deliver(app: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Deliver:
    """Return a way to let the worker deliver everything, and to see each letter as it would be handed over."""
    scene.session.get_one(Person, scene.teller.person_id).email = "teller@vendor.example"

    def delivered(minutes: int = 0) -> list[EmailMessage]:
        scene.session.commit()
        worker, letters = Worker(app), list[EmailMessage]()
        monkeypatch.setattr(worker, "_deliver", letters.append)
        with clock.stopped_at(scene.later(minutes)):
            while worker.turn():
                pass
        return letters

    return delivered


def lived_through(scene: Scene, mode: Mode) -> None:
    """Do everything that can be done in an emergency."""
    emergency, lead, teller = scene.start(mode), scene.actor(scene.lead), scene.actor(scene.teller)
    services.answer(scene.session, emergency, by=teller, at=scene.later(1))
    services.pass_on(scene.session, at=scene.later(15))
    services.pass_on(scene.session, at=scene.later(30))
    step = scene.session.get_one(EmergencyStep, (emergency.id, 0))
    services.finish_step(scene.session, emergency, step, by=lead, at=scene.later(3))
    services.tell(scene.session, emergency, news=News("It is the disk."), by=teller, at=scene.later(9))
    services.note(scene.session, emergency, words="Fuse 3", by=lead, at=scene.later(10))
    services.end(scene.session, emergency, by=lead, at=scene.later(31))
    actions = [Agreed("Watch the disk", scene.later(10_000).date())]
    wanted = Lessons("The disk", "Watch it", "All is well", actions)
    services.look_back(scene.session, emergency, lessons=wanted, by=lead, at=scene.later(40))


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def outside(letters: list[EmailMessage]) -> list[str]:
    return [str(each["To"]) for each in letters if str(each["To"]) in OUTSIDE]


def about(letters: list[EmailMessage]) -> list[EmailMessage]:
    return [each for each in letters if ABOUT in str(each["Subject"])]


def test_a_closed_drill_never_mails_a_customer(scene: Scene, deliver: Deliver) -> None:
    scene.join(scene.it_head)
    scene.join(scene.nurse)
    emergency = scene.start(Mode.CLOSED)
    inside = deliver()
    services.end(scene.session, emergency, by=scene.actor(scene.lead), at=clock.now())
    lived_through(scene, Mode.CLOSED)
    assert len(about(inside)) == 2
    assert outside(inside) == outside(deliver(60)) == []
    assert emergency.mode == Mode.CLOSED


def test_a_drill_calls_nobody_to_a_ticket(scene: Scene) -> None:
    for mode in (Mode.CLOSED, Mode.JOINT):
        lived_through(scene, mode)
    assert scene.letters(CANNOT_WAIT) == []


def test_not_even_where_somebody_has_queued_a_mail_to_one(scene: Scene, deliver: Deliver) -> None:
    scene.join(scene.it_head)
    emergency = scene.start(Mode.CLOSED)
    outbox.queue(scene.session, messages.drill_begins(emergency.id, scene.it_head.person_id), at=clock.now())
    assert outside(deliver()) == []
    row = scene.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == messages.DRILL_BEGINS)).one()
    scene.session.refresh(row)
    assert row.was_dropped


def test_a_joint_drill_mails_those_who_take_part_and_says_what_it_is(scene: Scene, deliver: Deliver) -> None:
    scene.join(scene.it_head)
    lived_through(scene, Mode.JOINT)
    letters = [each for each in deliver(60) if str(each["To"]) in OUTSIDE]
    assert [str(each["To"]) for each in letters] == ["it@hospital.example"] * 3
    for each in letters:
        assert str(each["Subject"]).startswith("DRILL, nothing is wrong:")
        assert re.search(r"This (is practice|was a drill)\. Nothing (is|was) wrong\.", text_of(each))


def test_who_may_read_what_was_learned_is_told_where(scene: Scene, deliver: Deliver) -> None:
    scene.session.get_one(Person, scene.nurse.person_id).locale = "zh_Hant"
    manager = a_contact(scene.session, scene.hospital, name="He Ping", role=Role.MANAGER, email="he@hospital.example")
    other = a_contact(scene.session, scene.hospital, name="Liu Wei", email="liu@hospital.example")
    lived_through(scene, Mode.REAL)
    letters = deliver(60)
    by_address = {str(each["To"]): each for each in letters}
    emergency = scene.session.scalars(select(Emergency)).one()
    ticket = scene.session.get_one(Ticket, emergency.ticket_id)
    follower = [text_of(each) for each in letters if str(each["To"]) == "it@hospital.example"]
    about_it = [each for each in follower if "We have looked back: why it happened" in each]
    assert [f"/tickets/{ticket.reference}" in each for each in about_it] == [True]
    assert str(by_address["nurse@hospital.example"]["Subject"]) == "經驗總結：Nothing works at Qinghe"
    assert f"/emergencies/{emergency.id}" in text_of(by_address["he@hospital.example"])
    assert str(scene.session.get_one(Person, other.person_id).email) not in by_address
    assert manager.organisation_id == emergency.organisation_id


def test_who_leaves_before_it_is_delivered_is_not_told(scene: Scene, deliver: Deliver) -> None:
    lived_through(scene, Mode.REAL)
    scene.nurse.organisation_id = scene.elsewhere.id
    assert "nurse@hospital.example" not in {str(each["To"]) for each in deliver(60)}


def test_who_is_called_in_a_drill_reads_that_it_is_one(scene: Scene, deliver: Deliver) -> None:
    scene.start(Mode.CLOSED)
    subjects = {str(each["Subject"]) for each in about(deliver())}
    assert subjects == {"DRILL, nothing is wrong: Nothing works at Qinghe: please answer"}


def test_a_real_one_calls_by_name_of_the_job_and_the_time(scene: Scene, deliver: Deliver) -> None:
    scene.start(Mode.REAL)
    letters = {str(each["To"]): each for each in deliver()}
    body = letters["teller@vendor.example"].get_body(("plain",))
    assert body is not None
    assert "You are needed: Tells the customers. Say that you are there by 10:17" in body.get_content()
    assert letters["teller@vendor.example"]["Subject"] == "Nothing works at Qinghe: please answer"


def test_nobody_is_called_to_what_has_ended(scene: Scene, deliver: Deliver) -> None:
    emergency = scene.start(Mode.CLOSED)
    services.end(scene.session, emergency, by=scene.actor(scene.lead), at=clock.now())
    assert about(deliver()) == []
