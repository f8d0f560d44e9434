"""The words of what ratings tell people."""

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts.queries import agent_actor
from portal.core import clock
from portal.outbox import registry
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.ratings import messages, queries
from portal.ratings.models import RatingKind
from portal.ratings.views.landing import link_for
from portal.ui import languages


def init_app(app: Flask) -> None:
    """Let the worker find the words of our mails."""
    registry.register_mail(app, messages.REMINDER, write_reminder)
    registry.register_mail(app, messages.DIGEST, write_digest)


def write_reminder(session: Session, message: OutboxMessage) -> Mail | None:
    """Ask how it was; None for whoever has said so meanwhile, or may not know the ticket any more."""
    if message.subject_id is None or message.person_id is None:
        return None
    subject = queries.rating_subject(session, message.subject_id, message.person_id)
    if subject is None or subject.next_kind(at=clock.now()) is not RatingKind.STARS:
        return None
    return compose(
        "ratings/mail/reminder",
        _("How was our help with %(number)s?", number=subject.reference),
        reference=subject.reference,
        link=link_for(subject.ticket_id, subject.person_id),
    )


def write_digest(session: Session, message: OutboxMessage) -> Mail | None:
    """List whom an agent or a service manager is to call, and everybody for admins; None where there is nobody."""
    actor = agent_actor(session, message.person_id) if message.person_id else None
    if actor is None:
        return None
    only = None if actor.is_admin else queries.led_by(actor.agent_id)
    calls = queries.call_list(session, actor, at=clock.now(), only=only)
    if not calls:
        return None
    return compose(
        "ratings/mail/digest",
        _("Calls for today: %(number)s", number=len(calls)),
        calls=calls,
        link=f"{languages.settings().public_url.rstrip('/')}/desk/calls",
    )
