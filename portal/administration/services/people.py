"""Contacts and agents: made, changed, disabled and let in again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import Agent, AgentScope, Contact, Organisation, Person
from portal.accounts.queries import digits_of
from portal.accounts.services import Newcomer, PersonError
from portal.administration.models import Register
from portal.administration.queries.records import named_organisation, values_of
from portal.administration.services.errors import SetupError
from portal.catalogue.models import Product
from portal.core.actor import Actor, Role, SeeScope
from portal.core.audit import note_audit, what_changed
from portal.teams.queries import teams, teams_of
from portal.teams.services import join_teams

_IDENTIFIERS = ("email", "phone", "user_name")
WHO = frozenset({"name", *_IDENTIFIERS, "locale", "title"})
"""What says who somebody is."""


def add_contact(session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Contact:
    """Make somebody at an organisation who can sign in by a code or with a password they ask for."""
    organisation = named_organisation(session, values["organisation"])
    if organisation is None or organisation.closed_at is not None:
        raise SetupError("unknown-organisation", field="organisation")
    row = accounts.add_contact(session, _add_person(session, values, at=at), organisation, role=Role(values["role"]))
    row.see_scope, row.title = SeeScope(values["see_scope"]), values["position"]
    note_audit(session, "add-contact", subject=row, by=by, at=at, role=row.role)
    return row


def change_contact(session: Session, row: Contact, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Change who somebody is, and what they may do and see; the organisation stays."""
    person = session.get_one(Person, row.person_id)
    was = {**_who(person), "title": row.title}
    _change_person(session, person, values)
    row.title = values["position"]
    facts = what_changed(was, {**_who(person), "title": row.title}, unquoted=WHO)
    role, sees = Role(values["role"]), SeeScope(values["see_scope"])
    try:
        accounts.change_contact(session, row, role=role, see_scope=sees, by=by, at=at)
    except PersonError as error:
        raise SetupError("last-manager", field="role") from error
    if facts:
        note_audit(session, "change-contact", subject=row, by=by, at=at, **facts)


def add_agent(session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Agent:
    """Make somebody in support."""
    row = accounts.add_agent(session, _add_person(session, values, at=at), role=Role(values["role"]))
    join_teams(session, row.id, values["teams"])
    _set_scope(session, row, values)
    note_audit(session, "add-agent", subject=row, by=by, at=at, role=row.role)
    return row


def change_agent(session: Session, row: Agent, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Change who somebody in support is and which products and organisations they serve."""
    if row.person_id == by.person_id and values["role"] != Role.ADMIN:
        raise SetupError("yourself", field="role")
    person = session.get_one(Person, row.person_id)
    was, role = {**_who(person), **_serves(session, row)}, row.role
    if values["role"] != Role.ADMIN:
        _require_another_admin(session, row)
    _change_person(session, person, values)
    row.role = Role(values["role"])
    join_teams(session, row.id, values["teams"])
    _set_scope(session, row, values)
    session.flush()
    facts = what_changed(was, {**_who(person), **_serves(session, row)}, unquoted=WHO)
    if row.role != role:
        facts["role"] = [role, row.role]
    if facts:
        note_audit(session, "change-agent", subject=row, by=by, at=at, **facts)


def disable(session: Session, row: Contact | Agent, *, is_closed: bool, by: Actor, at: datetime) -> None:
    """Take somebody's way in, everywhere and at once, or give it back."""
    if row.person_id == by.person_id:
        raise SetupError("yourself", field="role")
    if isinstance(row, Contact) and not is_closed and session.get_one(Organisation, row.organisation_id).closed_at:
        raise SetupError("closed-organisation", field="role")
    person = session.get_one(Person, row.person_id)
    if person.active != is_closed:
        return
    if isinstance(row, Agent) and is_closed:
        _require_another_admin(session, row)
    person.active = not is_closed
    if is_closed:
        accounts.end_all_sessions(session, person_id=row.person_id, at=at)
    kind = "agent" if isinstance(row, Agent) else "contact"
    note_audit(session, f"{'disable' if is_closed else 'enable'}-{kind}", subject=row, by=by, at=at)


def _require_another_admin(session: Session, agent: Agent) -> None:
    """Refuse to leave nobody who sets the portal up; two admins who close each other take their turn."""
    admins = (
        select(Agent.id)
        .join(Person, Person.id == Agent.person_id)
        .where(Agent.role == Role.ADMIN, Person.active)
        .with_for_update()
    )
    there = set(session.scalars(admins))
    if agent.id in there and len(there) == 1:
        raise SetupError("last-admin", field="role")


def _who(person: Person) -> dict[str, object]:
    """Return what says who somebody is."""
    return {name: getattr(person, name) for name in ("name", *_IDENTIFIERS, "locale")}


def _serves(session: Session, agent: Agent) -> dict[str, object]:
    """Return which teams an agent is in, and to what they are limited."""
    known = values_of(session, Register.AGENTS, str(agent.id)) or {}
    named = {each.id: each.name for each in teams(session)}
    limits = {name: sorted(_listed(str(known[name]))) for name in ("products", "organisations")}
    return {"teams": sorted(named[each] for each in teams_of(session, agent.id) if each in named), **limits}


def _add_person(session: Session, values: Mapping[str, Any], *, at: datetime) -> Person:
    _require_free(session, values, None)
    who = Newcomer(
        values["name"],
        email=values["email"] or None,
        phone=values["phone"] or None,
        user_name=values["user_name"] or None,
        locale=values["locale"] or None,
    )
    return accounts.add_person(session, who, at=at)


def _change_person(session: Session, person: Person, values: Mapping[str, Any]) -> None:
    _require_free(session, values, person)
    for name, value in _identifiers(values).items():
        setattr(person, name, value)
    person.name, person.locale = values["name"], values["locale"] or None


def _require_free(session: Session, values: Mapping[str, Any], person: Person | None) -> None:
    wanted = _identifiers(values)
    if not any(wanted.values()):
        raise SetupError("no-way-in", field="email")
    for name, value in wanted.items():
        others = select(Person.id).where(getattr(Person, name) == value)
        if value and session.scalars(others).first() not in (None, person.id if person else None):
            raise SetupError("taken", field=name)


def _identifiers(values: Mapping[str, Any]) -> dict[str, str | None]:
    """Return e-mail, phone and user name as they are kept."""
    email, phone, user_name = (values[name] for name in _IDENTIFIERS)
    return {"email": email.lower() or None, "phone": digits_of(phone) or None, "user_name": user_name or None}


def _set_scope(session: Session, agent: Agent, values: Mapping[str, Any]) -> None:
    """Limit an agent to the products and organisations that are named; none for all."""
    products, organisations = _listed(values["products"]), _listed(values["organisations"])
    session.execute(delete(AgentScope).where(AgentScope.agent_id == agent.id))
    for code in products:
        if session.get(Product, code) is None:
            raise SetupError("unknown-product", field="products", name=code)
        session.add(AgentScope(agent_id=agent.id, product_code=code))
    for name in organisations:
        organisation = named_organisation(session, name)
        if organisation is None:
            raise SetupError("unknown-organisation", field="organisations", name=name)
        session.add(AgentScope(agent_id=agent.id, organisation_id=organisation.id))
    agent.is_limited = bool(products or organisations)


def _listed(lines: str) -> Sequence[str]:
    return list(dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip()))
