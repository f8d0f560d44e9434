"""Adding to, changing in and closing in any of the lists of what is set up."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Installation, Organisation
from portal.administration.models import Register
from portal.administration.services import catalogue, organisations, people, running
from portal.administration.services.errors import SetupError
from portal.catalogue.models import FaultType, Module, Product, Release
from portal.core.actor import Actor

Values = Mapping[str, Any]


def add(session: Session, register: Register, values: Values, *, by: Actor, at: datetime) -> object:
    """Add something; raises SetupError where it can't be."""
    return _ADDERS[register](session, values, by=by, at=at)


def change(session: Session, register: Register, key: str, values: Values, *, by: Actor, at: datetime) -> None:
    """Change something; raises SetupError where it can't be so, or ``gone``."""
    _CHANGERS[register](session, _found(session, register, key), values, by=by, at=at)


def close(session: Session, register: Register, key: str, *, is_closed: bool, by: Actor, at: datetime) -> None:
    """Close something, or open it again; what is no longer run goes off the list."""
    row = _found(session, register, key)
    if isinstance(row, Installation):
        running.remove_installation(session, row, by=by, at=at)
        return
    _CLOSERS[register](session, row, is_closed=is_closed, by=by, at=at)


def _found(session: Session, register: Register, key: str) -> Any:
    table = _TABLES[register]
    try:
        identity: Any = UUID(key) if table in _BY_ID else tuple(key.split(":"))
        row = session.get(table, identity if table in _BY_ID or len(identity) > 1 else key)
    except (ValueError, LookupError):
        row = None
    if row is None:
        raise SetupError("gone")
    return row


_BY_ID = (Organisation, Contact, Agent, Installation, Release)
_TABLES: Mapping[Register, type[Any]] = {
    Register.ORGANISATIONS: Organisation,
    Register.CONTACTS: Contact,
    Register.AGENTS: Agent,
    Register.PRODUCTS: Product,
    Register.MODULES: Module,
    Register.FAULT_TYPES: FaultType,
    Register.INSTALLATIONS: Installation,
    Register.RELEASES: Release,
}
_ADDERS: Mapping[Register, Callable[..., object]] = {
    Register.ORGANISATIONS: organisations.add_organisation,
    Register.CONTACTS: people.add_contact,
    Register.AGENTS: people.add_agent,
    Register.PRODUCTS: catalogue.add_product,
    Register.MODULES: partial(catalogue.add_part, table=Module),
    Register.FAULT_TYPES: partial(catalogue.add_part, table=FaultType),
    Register.INSTALLATIONS: running.add_installation,
    Register.RELEASES: running.add_release,
}
_CHANGERS: Mapping[Register, Callable[..., None]] = {
    Register.ORGANISATIONS: organisations.change_organisation,
    Register.CONTACTS: people.change_contact,
    Register.AGENTS: people.change_agent,
    Register.PRODUCTS: catalogue.rename,
    Register.MODULES: catalogue.rename,
    Register.FAULT_TYPES: catalogue.rename,
    Register.INSTALLATIONS: running.change_installation,
    Register.RELEASES: running.change_release,
}
_CLOSERS: Mapping[Register, Callable[..., None]] = {
    Register.ORGANISATIONS: organisations.close_organisation,
    Register.CONTACTS: people.disable,
    Register.AGENTS: people.disable,
    Register.PRODUCTS: catalogue.retire,
    Register.MODULES: catalogue.retire,
    Register.FAULT_TYPES: catalogue.retire,
    Register.RELEASES: running.withdraw_release,
}
