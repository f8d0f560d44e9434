"""Filling an empty database with the demonstration."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.loading import load_file
from portal.accounts.models import Organisation
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.demo import cast, dangers, desk, following, knowing, notices, tickets
from portal.outbox.models import OutboxMessage
from portal.questionnaires import services as questionnaires
from portal.questionnaires.shipped import SHIPPED


def fill(database: Database) -> None:
    """Fill a migrated database, once: one that has organisations is left as it is."""
    with database.write() as session:
        if session.execute(select(Organisation.id).limit(1)).scalar() is None:
            _tell(session)
            _deliver_what_is_past(session)


def _tell(session: Session) -> None:
    at = clock.now()
    people = cast.enter(session, at=at)
    chen, wang = people.actor(people.chen, "陈立"), people.actor(people.wang, "王敏")
    published = [load_file(path) for path in SHIPPED]
    for questionnaire in published:
        questionnaires.publish(session, questionnaire, by=SYSTEM, at=at)
    notices.tell(session, author=chen, approver=wang, at=at)
    nurse, it_head = people.actor(people.nurse, "林小燕"), people.actor(people.it_head, "唐秀英")
    tickets.tell(tickets.Scene(session, published[0], nurse, it_head, chen, at))
    following.tell(session, people, by=chen, at=at)
    dangers.tell(session, people, at=at)
    desk.tell(session, people, at=at)
    knowing.tell(session, people, at=at)


def _deliver_what_is_past(session: Session) -> None:
    """Take the mails of the made-up past for delivered: the terminal shows those of what is done from now on."""
    session.flush()
    waiting = update(OutboxMessage).where(OutboxMessage.delivered_at.is_(None))
    session.execute(waiting.values(delivered_at=OutboxMessage.created_at))
