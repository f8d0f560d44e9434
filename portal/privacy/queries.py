"""Everything that has a link to a person, found by walking every table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Organisation, Person
from portal.accounts.queries import digits_of
from portal.core.db import Base
from portal.files.models import StoredFile

ROOTS = ("person.id", "contact.id", "agent.id")
"""What a column points at when it says who."""
ARCHIVE = "application/zip"
"""What an export is; nothing else on the store is one."""
_NOT_TAKEN_ALONG = {"password", "fs_uniquifier", "secret", "token_sha256", "code_sha256", "storage_key", "body_sealed"}
"""Columns that open doors or are of no use to anybody outside."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person as the page about their data shows them."""

    id: UUID
    name: str
    email: str
    phone: str
    user_name: str
    organisation: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """The keys under which tables know a person."""

    person_id: UUID
    contact_ids: tuple[UUID, ...]
    agent_ids: tuple[UUID, ...]
    email: str | None

    def keys_for(self, target: str) -> tuple[UUID, ...]:
        """Return what a column that points at a root may hold."""
        return {"person.id": (self.person_id,), "contact.id": self.contact_ids, "agent.id": self.agent_ids}[target]


def find_person(session: Session, words: str) -> Found | None:
    """Return whoever signs in with an e-mail address, a phone number or a user name, disabled people too."""
    wanted = words.strip()
    if not wanted:
        return None
    match = or_(Person.email == wanted.lower(), Person.user_name == wanted, Person.phone == (digits_of(wanted) or "-"))
    return _found(session, match)


def person_by_id(session: Session, person_id: UUID) -> Found | None:
    """Return a person."""
    return _found(session, Person.id == person_id)


def _found(session: Session, condition: ColumnElement[bool]) -> Found | None:
    row = session.execute(
        select(Person, Organisation.name)
        .outerjoin(Contact, Contact.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Contact.organisation_id)
        .where(condition)
        .limit(1)
    ).first()
    if row is None:
        return None
    person, organisation = row
    return Found(
        id=person.id,
        name=person.name,
        email=person.email or "",
        phone=person.phone or "",
        user_name=person.user_name or "",
        organisation=organisation or "",
        is_active=person.active,
    )


def identity_of(session: Session, person_id: UUID) -> Identity:
    """Return the keys under which a person is known."""
    return Identity(
        person_id=person_id,
        contact_ids=tuple(session.scalars(select(Contact.id).where(Contact.person_id == person_id))),
        agent_ids=tuple(session.scalars(select(Agent.id).where(Agent.person_id == person_id))),
        email=session.execute(select(Person.email).where(Person.id == person_id)).scalar(),
    )


def links(table: Table) -> list[tuple[Column[Any], str]]:
    """Return the columns of a table that say who, each with what it points at."""
    return [(column, key.target_fullname) for column in table.columns for key in column.foreign_keys if _is_root(key)]


def linked_tables() -> dict[str, Table]:
    """Return every table that says who, and the one of the people themselves."""
    tables = Base.metadata.tables
    return {name: table for name, table in sorted(tables.items()) if name == "person" or links(table)}


def rows_about(session: Session, who: Identity) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each table that knows a person, with its rows about them."""
    for name, table in linked_tables().items():
        rows = session.execute(select(*_taken_along(table)).where(_is_about(table, who))).mappings().all()
        if rows:
            yield name, [dict(row) for row in rows]


def files_of(session: Session, person_id: UUID) -> list[StoredFile]:
    """Return the files that a person sent; earlier exports are not taken along again."""
    return list(
        session.scalars(
            select(StoredFile)
            .where(StoredFile.person_id == person_id, StoredFile.erased_at.is_(None), StoredFile.media_type != ARCHIVE)
            .order_by(StoredFile.created_at, StoredFile.id)
        )
    )


def _is_root(key: Any) -> bool:
    return key.target_fullname in ROOTS


def _taken_along(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name not in _NOT_TAKEN_ALONG]


def _is_about(table: Table, who: Identity) -> ColumnElement[bool]:
    own = [table.c.id == who.person_id] if table.name == "person" else []
    linked = [column.in_(who.keys_for(target)) for column, target in links(table)]
    by_address = [table.c[name] == who.email for name in ("email", "address") if who.email and _has_mail(table, name)]
    return or_(*own, *linked, *by_address)


def _has_mail(table: Table, name: str) -> bool:
    return table.name in ("invitation", "outbox_message") and name in table.c
