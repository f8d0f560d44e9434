"""The demonstration's database, filled as a whole."""

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Contact, Person
from portal.core.db import Database
from portal.demo import fill
from portal.outbox.models import OutboxMessage
from portal.tickets.models import Ticket

pytestmark = pytest.mark.slow


def test_it_sends_no_mail_of_its_made_up_past(database: Database) -> None:
    fill(database)
    with database.read() as session:
        mails, delivered = session.execute(
            select(func.count(OutboxMessage.id), func.count(OutboxMessage.delivered_at))
        ).one()
    assert mails == delivered > 0


def test_it_fills_a_database_once(database: Database) -> None:
    fill(database)
    with database.read() as session:
        before = session.execute(select(func.count(Ticket.id))).scalar_one()
    fill(database)
    with database.read() as session:
        assert session.execute(select(func.count(Ticket.id))).scalar_one() == before > 0


def test_everybody_at_a_hospital_has_a_number_that_disturbs_nobody(database: Database) -> None:
    fill(database)
    with database.read() as session:
        phones = session.scalars(select(Person.phone).join(Contact, Contact.person_id == Person.id)).all()
    assert len(phones) > 10
    assert all(phone and phone.startswith("0105555") for phone in phones)
