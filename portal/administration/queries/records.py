"""One thing that is set up, as its form shows it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, AgentScope, Contact, Installation, Organisation, Person
from portal.administration.models import Register
from portal.catalogue.models import FaultType, Module, Product, Release
from portal.core.i18n import LOCALES
from portal.teams.queries import teams_of

Values = dict[str, Any]
_LANGUAGE_FIELDS = {locale: f"name_{locale}" for locale in LOCALES}


def values_of(session: Session, register: Register, key: str) -> Values | None:
    """Return what a form shows of one thing, with ``closed`` and ``title``; None where there is none."""
    return _READERS[register](session, key)


def mark_of(known: Values) -> str:
    """Return in short what stands there, so that a form can tell whether it still does."""
    return hashlib.sha256(json.dumps(known, default=str, sort_keys=True).encode()).hexdigest()


def named_organisation(session: Session, words: str) -> Organisation | None:
    """Return the organisation with this number, or else the only one with this name."""
    by_code = session.scalars(select(Organisation).where(Organisation.code == words)).one_or_none()
    if by_code is not None or not words:
        return by_code
    named = session.scalars(select(Organisation).where(Organisation.name == words).limit(2)).all()
    return named[0] if len(named) == 1 else None


def _by_id(session: Session, table: type[Any], key: str) -> Any:
    try:
        return session.get(table, UUID(key))
    except ValueError:
        return None


def _organisation(session: Session, key: str) -> Values | None:
    row: Organisation | None = _by_id(session, Organisation, key)
    if row is None:
        return None
    names = ("name", "code", "tier", "region", "time_zone", "locale", "address")
    people = {"service_manager": row.service_manager_id, "named_agent": row.named_agent_id}
    known = {each: getattr(row, each) or "" for each in names}
    appointed = {name: str(each) if each else "" for name, each in people.items()}
    return {**known, **appointed, "title": row.name, "closed": row.closed_at}


def _person(session: Session, person_id: UUID) -> Values:
    person = session.get_one(Person, person_id)
    names = ("name", "email", "phone", "user_name", "locale")
    return {
        **{each: getattr(person, each) or "" for each in names},
        "title": person.name,
        "closed": not person.active,
    }


def _contact(session: Session, key: str) -> Values | None:
    row: Contact | None = _by_id(session, Contact, key)
    if row is None:
        return None
    organisation = session.get_one(Organisation, row.organisation_id)
    own = {"organisation": organisation.code or organisation.name, "role": row.role, "see_scope": row.see_scope}
    return {**_person(session, row.person_id), **own, "position": row.title}


def _agent(session: Session, key: str) -> Values | None:
    row: Agent | None = _by_id(session, Agent, key)
    if row is None:
        return None
    scope = session.execute(
        select(AgentScope.product_code, Organisation.code, Organisation.name)
        .outerjoin(Organisation, Organisation.id == AgentScope.organisation_id)
        .where(AgentScope.agent_id == row.id)
    ).all()
    return {
        **_person(session, row.person_id),
        "role": row.role,
        "teams": [str(each) for each in teams_of(session, row.id)],
        "products": "\n".join(each.product_code for each in scope if each.product_code),
        "organisations": "\n".join(each.code or each.name for each in scope if each.name),
    }


def _names(names: Mapping[str, str]) -> Values:
    return {name: names.get(locale, "") for locale, name in _LANGUAGE_FIELDS.items()}


def _product(session: Session, key: str) -> Values | None:
    row = session.get(Product, key)
    if row is None:
        return None
    return {**_names(row.names), "code": row.code, "title": row.code, "closed": row.retired_at}


def _part(table: type[Any], parts: int) -> Callable[[Session, str], Values | None]:
    def read(session: Session, key: str) -> Values | None:
        codes = tuple(key.split(":"))
        row = session.get(table, codes) if len(codes) == parts else None
        if row is None:
            return None
        above = ":".join(codes[:-1])
        return {**_names(row.names), "code": row.code, "above": above, "title": key, "closed": row.retired_at}

    return read


def _installation(session: Session, key: str) -> Values | None:
    row: Installation | None = _by_id(session, Installation, key)
    if row is None:
        return None
    organisation = session.get_one(Organisation, row.organisation_id)
    return {
        "organisation": organisation.code or organisation.name,
        "product": row.product_code,
        "version": row.version,
        "site": row.site,
        "modules": "\n".join(row.modules),
        "title": organisation.name,
        "closed": None,
    }


def _release(session: Session, key: str) -> Values | None:
    row: Release | None = _by_id(session, Release, key)
    if row is None:
        return None
    return {
        "product": row.product_code,
        "version": row.version,
        "component": row.component,
        "published_on": row.published_at.date().isoformat(),
        "title": row.version,
        "closed": row.withdrawn_at,
    }


_READERS: Mapping[Register, Callable[[Session, str], Values | None]] = {
    Register.ORGANISATIONS: _organisation,
    Register.CONTACTS: _contact,
    Register.AGENTS: _agent,
    Register.PRODUCTS: _product,
    Register.MODULES: _part(Module, 2),
    Register.FAULT_TYPES: _part(FaultType, 3),
    Register.INSTALLATIONS: _installation,
    Register.RELEASES: _release,
}
