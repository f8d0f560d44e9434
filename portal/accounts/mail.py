"""The words of what accounts tell people."""

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts import messages
from portal.accounts.models import Invitation, Organisation, SignInCode
from portal.accounts.queries import recipient_of
from portal.outbox import registry
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.outbox.sealing import unseal
from portal.ui import languages


def init_app(app: Flask) -> None:
    """Let the worker find people's addresses and the words of our mails."""
    registry.register_recipients(app, recipient_of)
    registry.register_mail(app, messages.SIGN_IN_CODE, write_sign_in_code)
    registry.register_mail(app, messages.INVITATION, write_invitation)


def write_sign_in_code(session: Session, message: OutboxMessage) -> Mail | None:
    """Write the code; one that was used or replaced meanwhile is not sent."""
    row = session.get(SignInCode, message.subject_id)
    if row is None or row.used_at is not None or message.secret is None:
        return None
    subject = _("Your code to sign in")
    return compose("accounts/mail/code", subject, code=_secret(message), expires_at=row.expires_at)


def write_invitation(session: Session, message: OutboxMessage) -> Mail | None:
    """Write the invitation; one that was taken back meanwhile is not sent."""
    row = session.get(Invitation, message.subject_id)
    if row is None or row.used_at is not None or row.revoked_at is not None or message.secret is None:
        return None
    organisation = session.get_one(Organisation, row.organisation_id)
    link = f"{languages.settings().public_url}/invitations/{_secret(message)}"
    subject = _("You are invited to %(organisation)s’s support portal", organisation=organisation.name)
    return compose(
        "accounts/mail/invitation", subject, to=row.email, name=row.name, organisation=organisation.name, link=link
    )


def _secret(message: OutboxMessage) -> str:
    return unseal(message.secret or b"", languages.settings().secret_key)
