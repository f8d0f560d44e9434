"""Changes to people, their sessions, invitations and passwords."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts import messages
from portal.accounts.models import Agent, Contact, Invitation, Organisation, Person, SignInCode, SignInSession
from portal.accounts.queries import digits_of, open_invitation, token_hash
from portal.core.actor import Actor, Role
from portal.core.audit import note_audit
from portal.core.errors import DomainError
from portal.outbox import services as outbox
from portal.outbox.sealing import seal

CODE_LASTS = timedelta(minutes=15)
CODE_TRIES = 5
INVITATION_LASTS = timedelta(days=7)


class InvitationError(DomainError):
    """An invitation can't be used or made."""


class PersonError(DomainError):
    """A person can't be made or changed so."""


def start_session(
    session: Session, *, person_id: UUID, browser: str, at: datetime, instead_of: UUID | None = None
) -> str:
    """Sign a person in and return the token their browser keeps; the session it takes the place of ends."""
    if instead_of is not None:
        session.execute(update(SignInSession).where(SignInSession.id == instead_of).values(ended_at=at))
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(person_id=person_id, token_sha256=token_hash(token), browser=browser[:200], started_at=at)
    )
    return token


def end_session(session: Session, *, session_id: UUID, person_id: UUID, at: datetime) -> None:
    """End one of a person's sessions; another person's stays."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.person_id == person_id, SignInSession.ended_at.is_(None))
        .values(ended_at=at)
    )


def end_all_sessions(session: Session, *, person_id: UUID, at: datetime) -> None:
    """Sign a person out everywhere."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None))
        .values(ended_at=at)
    )


def send_code(session: Session, *, person_id: UUID, secret_key: str, at: datetime) -> None:
    """Send a person a code that signs in once; the ones before it no longer count."""
    code = f"{secrets.randbelow(10**6):06d}"
    session.execute(
        update(SignInCode).where(SignInCode.person_id == person_id, SignInCode.used_at.is_(None)).values(used_at=at)
    )
    row = SignInCode(person_id=person_id, code_sha256=_code_hash(code, secret_key), expires_at=at + CODE_LASTS)
    session.add(row)
    session.flush()
    outbox.queue(session, messages.sign_in_code(row, seal(code, secret_key)), at=at)


def use_code(session: Session, *, person_id: UUID, code: str, secret_key: str, at: datetime) -> bool:
    """Whether a code is the one that was sent; it works once, for minutes, and after five tries not at all."""
    row = session.execute(
        select(SignInCode)
        .where(SignInCode.person_id == person_id, SignInCode.used_at.is_(None), SignInCode.expires_at > at)
        .with_for_update()
    ).scalar()
    if row is None or row.attempts >= CODE_TRIES:
        return False
    row.attempts += 1
    if not hmac.compare_digest(row.code_sha256, _code_hash(code, secret_key)):
        return False
    row.used_at = at
    return True


def _code_hash(code: str, secret_key: str) -> str:
    """Six digits alone could be guessed from their hash, so the portal's secret goes in."""
    return hmac.new(secret_key.encode(), code.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to be invited."""

    email: str
    name: str
    role: Role = Role.CONTACT


def invite(
    session: Session, organisation: Organisation, guest: Guest, *, secret_key: str, by: Actor, at: datetime
) -> Invitation:
    """Invite somebody to an organisation; raises InvitationError where the address is already known."""
    if session.execute(select(Person.id).where(Person.email == guest.email.lower())).scalar():
        raise InvitationError("address-known", email=guest.email)
    token = secrets.token_urlsafe(24)
    row = Invitation(
        organisation_id=organisation.id,
        invited_by=by.person_id,
        email=guest.email.lower(),
        name=guest.name,
        role=guest.role,
        locale=organisation.locale,
        token_sha256=token_hash(token),
        created_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    session.add(row)
    session.flush()
    outbox.queue(session, messages.invitation(row, seal(token, secret_key)), at=at)
    note_audit(session, "invite", subject=row, by=by, at=at, role=guest.role.value, name=organisation.name)
    return row


def revoke_invitation(session: Session, invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Take an invitation back before it is used."""
    if invitation.used_at is not None:
        raise InvitationError("invitation-used")
    invitation.revoked_at = at
    name = session.get_one(Organisation, invitation.organisation_id).name
    note_audit(session, "revoke-invitation", subject=invitation, by=by, at=at, name=name)


def accept_invitation(session: Session, token: str, *, name: str, password_hash: str, at: datetime) -> Person:
    """Make the invited person a contact; raises InvitationError where the invitation no longer works."""
    invitation = open_invitation(session, token, at=at)
    if invitation is None:
        raise InvitationError("invitation-over")
    newcomer = Newcomer(name, email=invitation.email, password_hash=password_hash, locale=invitation.locale)
    _use_up(session, invitation, at=at)
    person = add_person(session, newcomer, at=at)
    session.add(Contact(person_id=person.id, organisation_id=invitation.organisation_id, role=invitation.role))
    return person


def _use_up(session: Session, invitation: Invitation, *, at: datetime) -> None:
    """Mark an invitation as used; of two who come at once, the second waits here and then finds it over."""
    used = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(used_at=at)
        .returning(Invitation.id)
    ).scalar()
    if used is None:
        raise InvitationError("invitation-over")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who will be able to sign in."""

    name: str
    email: str | None = None
    phone: str | None = None
    user_name: str | None = None
    password_hash: str | None = None
    locale: str | None = None


def add_person(session: Session, who: Newcomer, *, at: datetime) -> Person:
    """Make somebody who can sign in; raises PersonError where e-mail, phone or user name is taken."""
    email = who.email.lower() if who.email else None
    phone = digits_of(who.phone) if who.phone else None
    for column, value in ((Person.email, email), (Person.phone, phone), (Person.user_name, who.user_name)):
        if value and session.execute(select(Person.id).where(column == value)).scalar():
            raise PersonError("taken", value=value)
    person = Person(
        name=who.name,
        email=email,
        phone=phone,
        user_name=who.user_name,
        password=who.password_hash,
        fs_uniquifier=secrets.token_hex(32),
        locale=who.locale,
        created_at=at,
    )
    session.add(person)
    session.flush()
    return person


def add_agent(session: Session, person: Person, *, role: Role = Role.AGENT) -> Agent:
    """Let a person work in support."""
    agent = Agent(person_id=person.id, role=role)
    session.add(agent)
    session.flush()
    return agent


def add_contact(session: Session, person: Person, organisation: Organisation, *, role: Role = Role.CONTACT) -> Contact:
    """Let a person report problems for an organisation."""
    contact = Contact(person_id=person.id, organisation_id=organisation.id, role=role)
    session.add(contact)
    session.flush()
    return contact


def change_password(session: Session, person: Person, *, password_hash: str, at: datetime) -> None:
    """Keep a new password, and end every session that the old one opened."""
    person.password = password_hash
    end_all_sessions(session, person_id=person.id, at=at)
