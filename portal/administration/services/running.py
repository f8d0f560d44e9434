"""What organisations run, and the versions there are."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import Installation, Organisation
from portal.accounts.services import Running
from portal.administration.queries.records import named_organisation
from portal.administration.services.errors import SetupError
from portal.catalogue.models import Module, Product, Release
from portal.core.actor import Actor
from portal.core.audit import note_audit, what_changed
from portal.core.db import new_id


def add_installation(session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Installation:
    """Say that an organisation runs a product."""
    organisation = named_organisation(session, values["organisation"])
    if organisation is None:
        raise SetupError("unknown-organisation", field="organisation")
    running, modules = _running(session, values), _modules(session, values)
    row = accounts.add_installation(session, organisation.id, running, by=by, at=at)
    row.modules = modules
    facts = what_changed({}, _told(row))
    note_audit(session, "add-installation", subject=row, by=by, at=at, name=organisation.name, **facts)
    return row


def change_installation(
    session: Session, row: Installation, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Say that it is another version, elsewhere, or another product."""
    was = _told(row)
    accounts.change_installation(session, row, _running(session, values), by=by, at=at)
    row.modules = _modules(session, values)
    facts = what_changed(was, _told(row))
    if facts:
        name = session.get_one(Organisation, row.organisation_id).name
        note_audit(session, "change-installation", subject=row, by=by, at=at, name=name, **facts)


def remove_installation(session: Session, row: Installation, *, by: Actor, at: datetime) -> None:
    """Take it off the list, because it runs no more."""
    name = session.get_one(Organisation, row.organisation_id).name
    note_audit(session, "remove-installation", subject=row, by=by, at=at, name=name, **what_changed({}, _told(row)))
    accounts.remove_installation(session, row, by=by, at=at)


def add_release(session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Release:
    """Say that a version is out, or from when."""
    row = Release(id=new_id(), **_release(session, values, None))
    session.add(row)
    session.flush()
    note_audit(session, "add-release", subject=row, by=by, at=at, **_named(row))
    return row


def change_release(session: Session, row: Release, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Say what is true of a version."""
    was = _said(row)
    for name, value in _release(session, values, row).items():
        setattr(row, name, value)
    facts = what_changed(was, _said(row))
    if facts:
        note_audit(session, "change-release", subject=row, by=by, at=at, **_named(row), **facts)


def withdraw_release(session: Session, row: Release, *, is_closed: bool, by: Actor, at: datetime) -> None:
    """Say that nobody should install a version any more, or that they may again."""
    if bool(row.withdrawn_at) == is_closed:
        return
    row.withdrawn_at = at if is_closed else None
    action = "withdraw-release" if is_closed else "offer-release"
    note_audit(session, action, subject=row, by=by, at=at, **_named(row))


def _told(row: Installation) -> dict[str, object]:
    told = {"product": row.product_code, "version": row.version, "site": row.site}
    return {**told, "modules": list(row.modules)}


def _named(row: Release) -> dict[str, str]:
    """Return what a version is called in the log, once it is another."""
    return {"code": row.product_code, "version": row.version}


def _said(row: Release) -> dict[str, object]:
    said = {"product": row.product_code, "version": row.version, "component": row.component}
    return {**said, "published_on": row.published_at.date().isoformat()}


def _running(session: Session, values: Mapping[str, Any]) -> Running:
    _require_product(session, values["product"])
    return Running(values["product"], values["version"], values["site"])


def _modules(session: Session, values: Mapping[str, Any]) -> list[str]:
    codes = [each.strip() for each in values["modules"].splitlines() if each.strip()]
    for code in codes:
        if session.get(Module, (values["product"], code)) is None:
            raise SetupError("unknown-module", field="modules", name=code)
    return codes


def _require_product(session: Session, code: str) -> None:
    if session.get(Product, code) is None:
        raise SetupError("unknown-product", field="product")


def _release(session: Session, values: Mapping[str, Any], row: Release | None) -> dict[str, Any]:
    _require_product(session, values["product"])
    wanted = {"product_code": values["product"], "version": values["version"], "component": values["component"]}
    same = session.scalars(select(Release.id).filter_by(**wanted)).first()
    if same not in (None, row.id if row else None):
        raise SetupError("taken", field="version")
    published_on: date = values["published_on"]
    if row is not None and row.published_at.date() == published_on:
        return {**wanted, "published_at": row.published_at}
    return {**wanted, "published_at": datetime.combine(published_on, time(), UTC)}
