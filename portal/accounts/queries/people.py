"""Reads of people and organisations: how somebody signs in, who works where, and what is run there."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import (
    Agent,
    Contact,
    Installation,
    InstallationChange,
    Invitation,
    Organisation,
    Person,
    SignInSession,
)
from portal.accounts.queries.acting import SESSION_LASTS, token_hash
from portal.catalogue.models import Product
from portal.core.actor import Actor
from portal.outbox.messages import Recipient


def demo_cast(session: Session) -> list[dict[str, str]]:
    """Return the demo's people who can be signed in as, in the order they were made."""
    rows = session.execute(
        select(Person.user_name, Person.name, Organisation.name.label("organisation"), Contact.role, Agent.role)
        .outerjoin(Contact, Contact.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Contact.organisation_id)
        .outerjoin(Agent, Agent.person_id == Person.id)
        .where(Person.user_name.is_not(None), Person.active)
        .order_by(Person.created_at, Person.id)
        .limit(20)
    )
    return [
        {
            "person": user_name or "",
            "name": name,
            "organisation": organisation or "",
            "role": contact_role or agent_role,
        }
        for user_name, name, organisation, contact_role, agent_role in rows
    ]


@dataclass(frozen=True, slots=True)
class Account:
    """What signing in needs to know of a person."""

    person_id: UUID
    email: str | None
    password: str | None


def account_of(session: Session, identifier: str) -> Account | None:
    """Return whoever signs in with an e-mail address, a phone number or a user name."""
    wanted = identifier.strip()
    names = [Person.email == wanted.lower(), Person.user_name == wanted]
    if _is_like_a_phone(wanted):
        names.append(Person.phone == digits_of(wanted))
    row = session.execute(select(Person.id, Person.email, Person.password).where(or_(*names), Person.active)).first()
    return None if row is None else Account(row.id, row.email, row.password)


def plain_name(identifier: str) -> str:
    """Return what somebody signs in with as tries are counted: the same however it was typed, known or not."""
    wanted = identifier.strip()
    if _is_like_a_phone(wanted):
        return digits_of(wanted)
    return unicodedata.normalize("NFKC", wanted).casefold()


def _is_like_a_phone(identifier: str) -> bool:
    """Whether this is written as phone numbers are: only then are its digits all that counts."""
    narrow = unicodedata.normalize("NFKC", identifier)
    return bool(digits_of(narrow)) and all(each.isdecimal() or each in _BETWEEN_DIGITS for each in narrow)


_BETWEEN_DIGITS = " +-()./\u2010\u2011\u2013"


def digits_of(phone: str) -> str:
    """Return a phone number as it is kept: digits and a leading plus, however it was typed."""
    narrow = unicodedata.normalize("NFKC", phone)
    return "".join(each for each in narrow if each.isdecimal() or each == "+")


def open_invitation(session: Session, token: str, *, at: datetime) -> Invitation | None:
    """Return the invitation of a link, where it still works."""
    return session.execute(
        select(Invitation).where(
            Invitation.token_sha256 == token_hash(token),
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > at,
            Invitation.organisation_id.in_(select(Organisation.id).where(Organisation.closed_at.is_(None))),
        )
    ).scalar()


def organisations_visible_to(actor: Actor) -> Select[Organisation]:
    """Select the organisations somebody may see: their own, or those an agent serves."""
    rows = select(Organisation)
    if actor.is_agent:
        return rows if actor.organisations is None else rows.where(Organisation.id.in_(actor.organisations))
    return rows.where(Organisation.id == actor.organisation_id)


def sessions_of(session: Session, person_id: UUID, *, at: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return where a person is signed in, newest first."""
    return session.execute(
        select(SignInSession.id, SignInSession.browser, SignInSession.started_at)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.started_at > at - SESSION_LASTS,
        )
        .order_by(SignInSession.started_at.desc())
        .limit(50)
    ).all()


def active_contact(session: Session, contact_id: UUID) -> Contact | None:
    """Return somebody of an organisation who can sign in, whoever asks; None if they can't."""
    active = select(Contact).join(Person, Person.id == Contact.person_id).where(Contact.id == contact_id, Person.active)
    return session.scalars(active).one_or_none()


def contacts_of(
    session: Session, organisation_id: UUID, *, words: str = "", limit: int = 500
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the people of an organisation, by name; those whose name has these words in it."""
    named = Person.name.contains(words, autoescape=True) if words else true()
    return session.execute(
        select(Contact.id, Contact.role, Contact.see_scope, Person.id.label("person_id"), Person.name, Person.email)
        .join(Person, Person.id == Contact.person_id)
        .where(Contact.organisation_id == organisation_id, Person.active, named)
        .order_by(Person.name, Contact.id)
        .limit(limit)
    ).all()


def invitations_of(session: Session, organisation_id: UUID, *, at: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the invitations that nobody has used yet."""
    return session.execute(
        select(Invitation.id, Invitation.name, Invitation.email, Invitation.expires_at)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > at,
        )
        .order_by(Invitation.created_at.desc())
        .limit(50)
    ).all()


def installations_of(session: Session, organisation_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what an organisation runs, with the product's names."""
    return session.execute(
        select(
            Installation.id,
            Installation.product_code,
            Installation.version,
            Installation.site,
            Installation.modules,
            Installation.changed_at,
            Product.names,
        )
        .join(Product, Product.code == Installation.product_code)
        .where(Installation.organisation_id == organisation_id)
        .order_by(Installation.product_code, Installation.site, Installation.id)
        .limit(500)
    ).all()


def installation_changes(session: Session, organisation_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return who told us what about an organisation's installations, the newest first."""
    return session.execute(
        select(InstallationChange.was, InstallationChange.now, InstallationChange.at, Person.name)
        .outerjoin(Person, Person.id == InstallationChange.person_id)
        .where(InstallationChange.organisation_id == organisation_id)
        .order_by(InstallationChange.at.desc(), InstallationChange.id.desc())
        .limit(100)
    ).all()


def recipient_of(session: Session, person_id: UUID) -> Recipient | None:
    """Return where a person's mails go and in which language they read; None for a disabled person."""
    row = session.execute(
        select(Person.email, Person.name, Person.locale, Organisation.locale, Organisation.time_zone)
        .outerjoin(Contact, Contact.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Contact.organisation_id)
        .where(Person.id == person_id, Person.active)
    ).first()
    if row is None:
        return None
    email, name, own_locale, locale, time_zone = row
    return Recipient(email, name, own_locale or locale or "zh_Hans", time_zone or "Asia/Shanghai")
