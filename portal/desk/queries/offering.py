"""Times by which an agent can promise to write again, with one press."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agreements.queries import agreement_for
from portal.agreements.terms import Subject
from portal.tickets.models import UPDATES
from portal.tickets.queries import TicketPage
from portal.tickets.services import policies


def offered_times(session: Session, found: TicketPage, *, at: datetime) -> list[datetime]:
    """Return the times that the ticket's policy and calendar allow for the update after this one."""
    head = found.ticket
    subject = Subject(priority=head.priority, product=head.product_code, channel=head.channel)
    agreement = agreement_for(session, subject, head.organisation_id)
    monday = agreement.calendar.start_of_week(at)
    earlier = [each for each in found.entries if each.kind in UPDATES and not each.is_internal and each.at >= monday]
    course = policies.Course(head.priority, head.opened_at, len(earlier) + 1)
    return policies.offered_times(agreement, course, at)
