"""The words of what emergencies and drills tell people; whom a drill may not reach is looked at here once more."""

from uuid import UUID

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.outbox import registry
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.plans import messages, queries
from portal.plans.forms import are_holding_words, holding_words
from portal.plans.queries import Called, Drill
from portal.ui import languages


def init_app(app: Flask) -> None:
    """Let the worker find the words of our mails."""
    registry.register_mail(app, messages.CALLED, write_call)
    registry.register_mail(app, messages.NOBODY_LEFT, write_nobody_left)
    registry.register_mail(app, messages.DRILL_BEGINS, write_drill)
    registry.register_mail(app, messages.DRILL_TELLS, write_drill)
    registry.register_mail(app, messages.LOOKED_BACK, write_looked_back)


def write_call(session: Session, message: OutboxMessage) -> Mail | None:
    """Call somebody of us; None where it has ended, or they have answered."""
    found = _called(session, message)
    if found is None or found.is_settled:
        return None
    subject = _("%(plan)s: please answer", plan=found.plan_name)
    said = _as_drill(subject, is_drill=found.is_drill)
    return compose("plans/mail/call", said, call=found, link=_link(found.emergency_id))


def write_nobody_left(session: Session, message: OutboxMessage) -> Mail | None:
    """Tell whoever started it that nobody has answered for a role; None where it has ended."""
    found = _called(session, message)
    if found is None or found.has_ended:
        return None
    subject = _("%(plan)s: nobody has answered", plan=found.plan_name)
    said = _as_drill(subject, is_drill=found.is_drill)
    return compose("plans/mail/nobody_left", said, call=found, link=_link(found.emergency_id))


def write_drill(session: Session, message: OutboxMessage) -> Mail | None:
    """Tell a contact of a joint drill; None for a closed one, and for whoever doesn't take part (any more)."""
    if message.subject_id is None or message.person_id is None:
        return None
    found: Drill | None = queries.drill_for(session, message.subject_id, message.person_id)
    if found is None:
        return None
    words = holding_words(languages.current_locale()) if are_holding_words(found.words) else found.words
    return compose("plans/mail/drill", _as_drill(found.plan_name, is_drill=True), words=words)


def write_looked_back(session: Session, message: OutboxMessage) -> Mail | None:
    """Tell somebody at the organisation that they can read what was learned; None for whoever may not (any more)."""
    if message.subject_id is None or message.person_id is None:
        return None
    found = queries.looked_back_for(session, message.subject_id, message.person_id)
    if found is None:
        return None
    subject = _as_drill(_("What was learned: %(plan)s", plan=found.plan_name), is_drill=found.is_drill)
    link = f"{languages.settings().public_url.rstrip('/')}/emergencies/{message.subject_id}"
    return compose("plans/mail/looked_back", subject, found=found, link=link)


def _called(session: Session, message: OutboxMessage) -> Called | None:
    return queries.called(session, message.subject_id) if message.subject_id else None


def _as_drill(subject: str, *, is_drill: bool) -> str:
    return _("DRILL, nothing is wrong: %(subject)s", subject=subject) if is_drill else subject


def _link(emergency_id: UUID) -> str:
    return f"{languages.settings().public_url.rstrip('/')}/desk/emergencies/{emergency_id}"
