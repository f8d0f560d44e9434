"""The lists of what is set up, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Uuid, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Installation, Organisation, Person
from portal.administration.models import Register
from portal.catalogue.models import FaultType, Module, Product, Release
from portal.core.i18n import in_language
from portal.teams.models import Team, TeamMember

AT_ONCE = 50
"""How many lines a page has."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list."""

    key: str
    names: Mapping[str, str] | str
    notes: tuple[str, ...]
    is_closed: bool
    tier: str = ""
    """How an organisation is served, by the key that policies know."""

    def name(self, locale: str) -> str:
        """Return what the line is called in a language."""
        return self.names if isinstance(self.names, str) else in_language(self.names, locale)


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and where the next ones begin."""

    lines: Sequence[Line]
    next: str
    """Empty where there are no more."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """How one list is read: in the order of ``by``, then of its key."""

    rows: Select[*tuple[Any, ...]]
    key: ColumnElement[Any]
    by: ColumnElement[Any]
    sought: tuple[ColumnElement[Any], ...]
    line: Callable[[Row[Any]], Line]


def lines_of(session: Session, register: Register, *, words: str = "", after: str = "") -> Page:
    """Return a page of a list: what has these words in its name, after the line with this key."""
    listing = _LISTINGS[register]
    rows = listing.rows.order_by(listing.by, listing.key).limit(AT_ONCE + 1)
    if words:
        rows = rows.where(or_(*(each.contains(words, autoescape=True) for each in listing.sought)))
    for by, key in _place(session, listing, after):
        rows = rows.where(or_(listing.by > by, and_(listing.by == by, listing.key > key)))
    found = [listing.line(row) for row in session.execute(rows)]
    return Page(found[:AT_ONCE], found[AT_ONCE - 1].key if len(found) > AT_ONCE else "")


def _place(session: Session, listing: _Listing, after: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return where the line with a key stands; nothing where no line has it."""
    try:
        key = UUID(after) if isinstance(listing.key.type, Uuid) else after
    except ValueError:
        return ()
    row = listing.rows.with_only_columns(listing.by, listing.key).where(listing.key == key)
    return session.execute(row).all() if after else ()


def _notes(*each: str | None) -> tuple[str, ...]:
    return tuple(note for note in each if note)


def _of_organisation(row: Row[Any]) -> Line:
    return Line(str(row.id), row.name, _notes(row.code, row.region), row.closed_at is not None, row.tier)


def _of_contact(row: Row[Any]) -> Line:
    return Line(str(row.id), row.name, _notes(row.organisation, row.email or row.phone), not row.active)


def _of_agent(row: Row[Any]) -> Line:
    return Line(str(row.id), row.name, _notes(row.teams, row.email), not row.active)


def _of_product(row: Row[Any]) -> Line:
    return Line(row.code, row.names, (row.code,), row.retired_at is not None)


def _of_part(row: Row[Any]) -> Line:
    return Line(row.key, row.names, (row.key.replace(":", " › "),), row.retired_at is not None)


def _of_installation(row: Row[Any]) -> Line:
    return Line(str(row.id), row.organisation, _notes(row.product_code, row.version, row.site), is_closed=False)


def _of_release(row: Row[Any]) -> Line:
    notes = _notes(row.product_code, row.component, row.published_at.date().isoformat())
    return Line(str(row.id), row.version, notes, row.withdrawn_at is not None)


_TEAMS = (
    select(func.coalesce(func.aggregate_strings(Team.name, ", "), ""))
    .join(TeamMember, TeamMember.team_id == Team.id)
    .where(TeamMember.agent_id == Agent.id)
    .correlate(Agent)
    .scalar_subquery()
)
_MODULE = Module.product_code + ":" + Module.code
_FAULT_TYPE = FaultType.product_code + ":" + FaultType.module_code + ":" + FaultType.code
_ORGANISATION_NAME = Organisation.name.label("organisation")
_LISTINGS: Mapping[Register, _Listing] = {
    Register.ORGANISATIONS: _Listing(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.code,
            Organisation.region,
            Organisation.tier,
            Organisation.closed_at,
        ),
        Organisation.id.expression,
        Organisation.name.expression,
        (Organisation.name.expression, Organisation.code.expression),
        _of_organisation,
    ),
    Register.CONTACTS: _Listing(
        select(Contact.id, Person.name, Person.email, Person.phone, Person.active, _ORGANISATION_NAME)
        .join(Person, Person.id == Contact.person_id)
        .join(Organisation, Organisation.id == Contact.organisation_id),
        Contact.id.expression,
        Contact.id.expression,
        (Person.name.expression, Person.email.expression, Organisation.name.expression),
        _of_contact,
    ),
    Register.AGENTS: _Listing(
        select(Agent.id, _TEAMS.label("teams"), Person.name, Person.email, Person.active).join(
            Person, Person.id == Agent.person_id
        ),
        Agent.id.expression,
        Person.name.expression,
        (Person.name.expression, _TEAMS),
        _of_agent,
    ),
    Register.PRODUCTS: _Listing(
        select(Product.code, Product.names, Product.retired_at),
        Product.code.expression,
        Product.code.expression,
        (Product.code.expression,),
        _of_product,
    ),
    Register.MODULES: _Listing(
        select(_MODULE.label("key"), Module.names, Module.retired_at), _MODULE, _MODULE, (_MODULE,), _of_part
    ),
    Register.FAULT_TYPES: _Listing(
        select(_FAULT_TYPE.label("key"), FaultType.names, FaultType.retired_at),
        _FAULT_TYPE,
        _FAULT_TYPE,
        (_FAULT_TYPE,),
        _of_part,
    ),
    Register.INSTALLATIONS: _Listing(
        select(
            Installation.id, Installation.product_code, Installation.version, Installation.site, _ORGANISATION_NAME
        ).join(Organisation, Organisation.id == Installation.organisation_id),
        Installation.id.expression,
        Installation.id.expression,
        (Organisation.name.expression, Installation.site.expression),
        _of_installation,
    ),
    Register.RELEASES: _Listing(
        select(
            Release.id,
            Release.product_code,
            Release.version,
            Release.component,
            Release.published_at,
            Release.withdrawn_at,
        ),
        Release.id.expression,
        Release.id.expression,
        (Release.version.expression, Release.product_code.expression),
        _of_release,
    ),
}
