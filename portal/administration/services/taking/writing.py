"""Writing down what the rows of a list say, many at once."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Installation, InstallationChange, Organisation, Person
from portal.administration.models import Register
from portal.administration.services.people import WHO
from portal.administration.services.taking.judging import Outcome, Verdict
from portal.catalogue.models import Release
from portal.core.actor import Actor, Role, SeeScope
from portal.core.audit import what_changed
from portal.core.db import Base, new_id
from portal.core.models import AuditEntry

_PERSONS = ("name", "email", "phone", "user_name", "locale")
_CONTACTS = ("role", "see_scope", "title")
_KINDS: Mapping[Register, str] = {
    Register.ORGANISATIONS: "organisation",
    Register.CONTACTS: "contact",
    Register.INSTALLATIONS: "installation",
    Register.RELEASES: "release",
}
_KEPT_BACK: Mapping[Register, frozenset[str]] = {**dict.fromkeys(_KINDS, frozenset[str]()), Register.CONTACTS: WHO}
"""What says who somebody is, which the log never quotes."""
_CALLED = {"published_at": "published_on", "product_code": "product"}
_TOLD = ("product_code", "version", "site")


@dataclass(frozen=True, slots=True)
class Told:
    """Who told us, and when."""

    person_id: UUID | None
    at: datetime


def write(session: Session, register: Register, verdicts: Sequence[Verdict], *, by: Actor, at: datetime) -> None:
    """Add and change what rows say; what was refused or is the same is left alone."""
    added = [each for each in verdicts if each.outcome is Outcome.ADD]
    changed = [each for each in verdicts if each.outcome is Outcome.CHANGE]
    _WRITERS[register](session, added, changed, Told(by.person_id, at))
    _insert(session, AuditEntry, [_noted(register, each, Told(by.person_id, at)) for each in changed])


def _noted(register: Register, changed: Verdict, told: Told) -> dict[str, Any]:
    """Return what the log says of a row that changes something, as if it were changed by hand."""
    facts = what_changed(_quoted(changed.was), _quoted(changed.values), unquoted=_KEPT_BACK[register])
    for name, old in (("role", "role"), ("sees", "see_scope")):
        if register is Register.CONTACTS and old in changed.values:
            facts[name] = [changed.was[old], changed.values[old]]
    kind = _KINDS[register]
    kept = {"action": f"change-{kind}", "subject_kind": kind, "subject_id": str(changed.subject)}
    return {"id": new_id(), "at": told.at, "person_id": told.person_id, "facts": facts, **kept}


def _quoted(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the log names and keeps them."""
    quoted = {_CALLED.get(name, name): value for name, value in values.items() if name not in _CONTACTS[:2]}
    if isinstance(quoted.get("published_on"), datetime):
        quoted["published_on"] = quoted["published_on"].date().isoformat()
    return quoted


def _write_organisations(session: Session, added: Sequence[Verdict], changed: Sequence[Verdict], told: Told) -> None:
    blank = {"code": None, "tier": "standard", "region": "", "address": "", "locale": "zh_Hans"}
    blank["time_zone"] = "Asia/Shanghai"
    _insert(session, Organisation, [{"id": new_id(), "created_at": told.at, **blank, **each.values} for each in added])
    _update(session, Organisation, changed)


def _write_contacts(session: Session, added: Sequence[Verdict], changed: Sequence[Verdict], told: Told) -> None:
    people = [{"id": new_id(), **_person(each.values), **_newcomer(told.at)} for each in added]
    _insert(session, Person, people)
    contacts = [
        {
            "id": new_id(),
            "person_id": person["id"],
            "organisation_id": each.values["organisation_id"],
            "role": Role.CONTACT,
            "see_scope": SeeScope.OWN,
            "title": "",
            **_only(each.values, _CONTACTS),
        }
        for person, each in zip(people, added, strict=True)
    ]
    _insert(session, Contact, contacts)
    _change_contacts(session, changed)


def _change_contacts(session: Session, changed: Sequence[Verdict]) -> None:
    wanted = {each.subject: each.values for each in changed}
    owners = session.execute(select(Contact.id, Contact.person_id).where(Contact.id.in_(wanted))).all()
    people = [{"id": row.person_id, **_only(wanted[row.id], _PERSONS)} for row in owners]
    contacts = [{"id": row.id, **_only(wanted[row.id], _CONTACTS)} for row in owners]
    for table, rows in ((Person, people), (Contact, contacts)):
        for row in rows:
            if len(row) > 1:
                session.execute(update(table), [row])


def _write_installations(session: Session, added: Sequence[Verdict], changed: Sequence[Verdict], told: Told) -> None:
    rows = [{"id": new_id(), "version": "", "modules": [], "changed_at": told.at, **each.values} for each in added]
    _insert(session, Installation, rows)
    was = {row["id"]: dict(row) for row in session.execute(_running(changed)).mappings()}
    changes = [_change(row, {}, told) for row in rows]
    for each in changed:
        before = was[each.subject]
        changes.append(_change({**before, **each.values}, before, told))
        session.execute(update(Installation), [{"id": each.subject, "changed_at": told.at, **each.values}])
    _insert(session, InstallationChange, changes)


def _running(changed: Sequence[Verdict]) -> Any:
    return select(Installation.__table__).where(Installation.id.in_([each.subject for each in changed]))


def _change(now: Mapping[str, Any], was: Mapping[str, Any], by: Told) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organisation_id": now["organisation_id"],
        "installation_id": now["id"],
        "person_id": by.person_id,
        "was": _only(was, _TOLD),
        "now": _only(now, _TOLD),
        "at": by.at,
    }


def _write_releases(session: Session, added: Sequence[Verdict], changed: Sequence[Verdict], _: Told) -> None:
    _insert(session, Release, [{"id": new_id(), **each.values} for each in added])
    _update(session, Release, changed)


def _person(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**dict.fromkeys(_PERSONS), **_only(values, _PERSONS)}


def _newcomer(at: datetime) -> dict[str, Any]:
    return {"fs_uniquifier": secrets.token_hex(32), "active": True, "created_at": at}


def _only(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _insert(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), list(rows))


def _update(session: Session, table: type[Base], changed: Sequence[Verdict]) -> None:
    for each in changed:
        session.execute(update(table), [{"id": each.subject, **each.values}])


_WRITERS: Mapping[Register, Callable[[Session, Sequence[Verdict], Sequence[Verdict], Told], None]] = {
    Register.ORGANISATIONS: _write_organisations,
    Register.CONTACTS: _write_contacts,
    Register.INSTALLATIONS: _write_installations,
    Register.RELEASES: _write_releases,
}
