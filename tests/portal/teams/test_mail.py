"""Whoever has to hear at once of a ticket that cannot wait hears of it, at a real mail server."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.app import create_app
from portal.core import clock
from portal.core.actor import SYSTEM, Role
from portal.outbox.models import OutboxMessage
from portal.outbox.worker import Worker
from portal.settings import Settings
from portal.teams import messages, services
from portal.teams.models import Team, TeamMember
from portal.tickets import services as tickets
from portal.tickets.messages import CANNOT_WAIT
from portal.tickets.models import Priority
from tests.factories import a_product, an_agent, limit_agent
from tests.portal.desk.scene import a_call_back
from tests.portal.outbox.test_smtp import Mailbox, a_free_port
from tests.portal.tickets.cast import Cast, a_ticket

pytestmark = pytest.mark.slow

Letters = list[EmailMessage]
Deliver = Callable[[], Letters]


@pytest.fixture
def deliver(app: Flask, settings: Settings, session: Session) -> Iterator[Deliver]:
    """Return a way to let the worker deliver everything, and to see what arrived for our own people."""
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=a_free_port())
    server.start()
    address = f"smtp://127.0.0.1:{server.port}"
    application = create_app(replace(settings, mail_delivery="smtp", smtp_url=address))

    def delivered() -> Letters:
        session.commit()
        mailbox.letters.clear()
        worker = Worker(application)
        while worker.turn():
            pass
        return [each for each in mailbox.letters if str(each["Subject"]).startswith(("Emergency ", "紧急 ", "緊急 "))]

    yield delivered
    application.extensions["plainport.database"].dispose()
    server.stop()


@pytest.fixture
def lin(session: Session, cast: Cast) -> Agent:
    """Return the one on duty."""
    found = with_mail(session, an_agent(session, "Lin Fang"), "lin@vendor.example")
    at = clock.now() - timedelta(hours=1)
    services.plan_turn(session, agent_id=found.id, from_at=at, note="", by=SYSTEM, at=at)
    return found


def with_mail(session: Session, who: Agent, address: str, locale: str = "en") -> Agent:
    person = session.get_one(Person, who.person_id)
    person.email, person.locale = address, locale
    session.flush()
    return who


def to(letters: Letters) -> list[str]:
    return sorted(str(each["To"]) for each in letters)


def body(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_the_one_on_duty_hears_of_a_p1_with_the_time_that_is_promised(cast: Cast, lin: Agent, deliver: Deliver) -> None:
    ticket = a_ticket(cast, title="All counters are down", severity=Priority.P1)
    (letter,) = deliver()
    assert letter["To"] == "lin@vendor.example"
    assert letter["Subject"] == f"Emergency {ticket.reference}: All counters are down"
    said = body(letter)
    for words in ("Qinghe People’s Hospital", "10:17", f"/desk/tickets/{ticket.reference}", "you are on duty"):
        assert words in said
    assert "Nobody takes care of it yet." in said


def test_a_call_back_of_somebody_signed_out_calls_as_well(session: Session, lin: Agent, deliver: Deliver) -> None:
    a_call_back(session)
    (letter,) = deliver()
    assert "Not verified yet" in body(letter)


def test_everything_else_calls_nobody(cast: Cast, lin: Agent, deliver: Deliver) -> None:
    a_ticket(cast, severity=Priority.P2)
    assert deliver() == []


def test_what_becomes_urgent_later_calls_whoever_has_it_and_the_team(
    cast: Cast, session: Session, lin: Agent, deliver: Deliver
) -> None:
    with_mail(session, cast.agent, "chen@vendor.example")
    zhou = with_mail(session, an_agent(session, "Zhou Lan"), "zhou@vendor.example", "zh_Hant")
    team = Team(name="Wards", made_at=clock.now())
    session.add(team)
    session.flush()
    session.add(TeamMember(team_id=team.id, agent_id=zhou.id))
    ticket = a_ticket(cast)
    taker = tickets.Taker(cast.agent.id, "Wards")
    tickets.give_to(session, ticket, taker=taker, by=SYSTEM, at=clock.now())
    tickets.escalate(
        session, ticket, words="Now all of it.", has_work_stopped=True, by=cast.actor(cast.tang), at=clock.now()
    )
    letters = deliver()
    assert to(letters) == ["chen@vendor.example", "lin@vendor.example", "zhou@vendor.example"]
    subjects = {str(each["To"]): str(each["Subject"]) for each in letters}
    assert subjects["zhou@vendor.example"].startswith(f"緊急 {ticket.reference}：")


def test_it_calls_once_however_often_it_gets_worse(cast: Cast, session: Session, lin: Agent, deliver: Deliver) -> None:
    ticket = a_ticket(cast, severity=Priority.P1)
    assert len(deliver()) == 1
    tickets.escalate(session, ticket, words="Still.", has_work_stopped=True, by=cast.actor(cast.tang), at=clock.now())
    assert deliver() == []


def test_whoever_decides_on_it_themselves_needs_no_mail(
    cast: Cast, session: Session, lin: Agent, deliver: Deliver
) -> None:
    ticket = a_ticket(cast)
    by = cast.actor(lin)
    tickets.prioritise(session, ticket, priority=Priority.P1, because="All wards.", by=by, at=clock.now())
    assert deliver() == []


def test_where_the_one_on_duty_may_not_see_it_the_rule_finds_somebody(
    cast: Cast, session: Session, lin: Agent, deliver: Deliver
) -> None:
    limit_agent(session, lin, products=(a_product(session, "cdn").code,))
    with_mail(session, cast.agent, "chen@vendor.example")
    a_ticket(cast, severity=Priority.P1)
    assert to(deliver()) == ["chen@vendor.example"]


def test_what_was_closed_meanwhile_calls_nobody(cast: Cast, session: Session, lin: Agent, deliver: Deliver) -> None:
    ticket = a_ticket(cast, severity=Priority.P1)
    tickets.cancel(session, ticket, words="Our mistake.", by=cast.actor(cast.tang), at=clock.now())
    assert deliver() == []


def test_nobody_is_told_twice_where_the_worker_starts_again(
    cast: Cast, session: Session, lin: Agent, deliver: Deliver
) -> None:
    a_ticket(cast, severity=Priority.P1)
    assert len(deliver()) == 1
    row = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == CANNOT_WAIT)).one()
    session.refresh(row)
    row.delivered_at, row.leased_until = None, None
    assert deliver() == []
    assert len(session.scalars(select(OutboxMessage).where(OutboxMessage.kind == messages.HEAR_AT_ONCE)).all()) == 1


def test_where_nobody_has_planned_a_turn_an_admin_stands_in(cast: Cast, session: Session, deliver: Deliver) -> None:
    with_mail(session, an_agent(session, "Wang Min", role=Role.ADMIN), "wang@vendor.example")
    a_ticket(cast, severity=Priority.P1)
    assert to(deliver()) == ["wang@vendor.example"]
