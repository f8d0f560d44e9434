"""The small world of one working day: a vendor's desk, and twelve hospitals that run the same system."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.loading import load_file
from portal.accounts import services as accounts
from portal.accounts.models import Agent, Contact, Installation, Organisation, Person
from portal.core import clock
from portal.core.actor import SYSTEM, Actor, Role
from portal.core.db import Database
from portal.demo import cast
from portal.demo.cast import Cast
from portal.questionnaires import services as questionnaires
from portal.questionnaires.shipped import SHIPPED
from portal.ratings import services as ratings
from portal.ratings.models import RatingKind, RatingSource
from portal.ratings.queries import rating_subject
from portal.tickets import services as tickets
from portal.tickets.models import Priority, Ticket
from tests.journeys.said import ERROR, VERSION, YESTERDAYS_WORDS

NAMES = ("松林", "清溪", "云岭", "安平", "和泰", "长丰", "新港", "白鹭", "青石", "东湖")
"""Ten hospitals; the first reads English, the second Traditional Chinese."""
PEOPLE = tuple(f"it-{number}" for number in range(1, len(NAMES) + 1))
"""One person at each."""
ENGLISH, TRADITIONAL, SIMPLIFIED = PEOPLE[:3]


def move_in(database: Database) -> None:
    """Fill an empty portal with the people of the day, and with what is left over from the day before."""
    at = clock.now()
    with database.write() as session:
        people = cast.enter(session, at=at)
        for path in SHIPPED:
            questionnaires.publish(session, load_file(path), by=SYSTEM, at=at)
        for person, name in zip(PEOPLE, NAMES, strict=True):
            _open_hospital(session, f"{name}医院", person)
        _choose_language(session, people.wang, "zh_Hant")
        _leave_a_low_mark(session, people)


def _open_hospital(session: Session, name: str, user_name: str) -> Contact:
    at, locale = clock.now(), {ENGLISH: "en", TRADITIONAL: "zh_Hant"}.get(user_name, "zh_Hans")
    hospital = Organisation(name=name, region="华东", locale=locale, created_at=at)
    session.add(hospital)
    session.flush()
    session.add(
        Installation(
            organisation_id=hospital.id, product_code="his", version=VERSION, modules=["charge"], changed_at=at
        )
    )
    newcomer = accounts.Newcomer(f"{name}信息科", f"{user_name}@hospital.example", None, user_name, locale=locale)
    return accounts.add_contact(session, accounts.add_person(session, newcomer, at=at), hospital, role=Role.MANAGER)


def _choose_language(session: Session, agent: Agent, locale: str) -> None:
    session.get_one(Person, agent.person_id).locale = locale


def _leave_a_low_mark(session: Session, people: Cast) -> Ticket:
    """Let yesterday end with a solved ticket that somebody gave two stars."""
    at, chen = clock.now(), people.actor(people.chen, "陈立")
    by = people.actor(people.neighbour, "周海涛")
    opening = tickets.Opening(
        title="日报表打印很慢",
        severity=Priority.P3,
        document={"schema": "problem-snapshot/1"},
        organisation_id=people.changsha.id,
        contact_id=people.neighbour.id,
        product_code="his",
        module_code="report",
    )
    ticket = tickets.open_ticket(session, opening=opening, by=by, at=at)
    tickets.assign(session, ticket, agent_id=chen.agent_id, by=chen, at=at + timedelta(minutes=5))
    solution = tickets.Resolution("报表一次取了全年的数据。", "改成按天取，打印很快了。", "以后的版本都按天取。")
    tickets.resolve(session, ticket, resolution=solution, by=chen, at=at + timedelta(minutes=12))
    subject = rating_subject(session, ticket.id, people.neighbour.person_id)
    assert subject is not None
    answer = ratings.Answer(RatingKind.STARS, 2, RatingSource.PAGE, YESTERDAYS_WORDS)
    ratings.rate(session, subject, answer=answer, at=at + timedelta(hours=1))
    return ticket


def report_the_same(database: Database, person: str, reference: str) -> str:
    """Report what another ticket says word for word; returns the number of the new one."""
    with database.write() as session:
        same = session.scalars(select(Ticket).where(Ticket.reference == reference)).one()
        contact = session.scalars(
            select(Contact).join(Person, Person.id == Contact.person_id).where(Person.user_name == person)
        ).one()
        by = Actor(contact.person_id, Role.MANAGER, contact_id=contact.id, organisation_id=contact.organisation_id)
        opening = tickets.Opening(
            title=ERROR,
            severity=Priority(same.severity),
            document={"schema": "problem-snapshot/1"},
            organisation_id=contact.organisation_id,
            contact_id=contact.id,
            product_code=same.product_code,
            module_code=same.module_code,
            questionnaire=same.questionnaire,
            fingerprint=same.fingerprint,
        )
        return tickets.open_ticket(session, opening=opening, by=by, at=clock.now()).reference
