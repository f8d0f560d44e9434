"""What applies to a ticket: its policy and its calendar, as they are now."""

from sqlalchemy.orm import Session

from portal.agreements.queries import agreement_for
from portal.agreements.terms import Agreement, Subject
from portal.tickets.models import Ticket


def agreed(session: Session, ticket: Ticket) -> Agreement:
    """Return what is promised for a ticket, by its facts as they stand."""
    subject = Subject(priority=ticket.priority, product=ticket.product_code, channel=ticket.channel)
    with session.no_autoflush:  # what the ticket says is in hand; it is written later, once
        return agreement_for(session, subject, ticket.organisation_id)
