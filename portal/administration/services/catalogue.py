"""Products, modules and fault types: made, named, retired and offered again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.administration.services.errors import SetupError
from portal.catalogue.models import FaultType, Module, Product
from portal.core.actor import Actor
from portal.core.audit import note_audit, what_changed
from portal.core.i18n import LOCALES

Part = Module | FaultType


def add_product(session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Product:
    """Make a product; its code stays."""
    if session.get(Product, values["code"]) is not None:
        raise SetupError("taken", field="code")
    row = Product(code=values["code"], names=_names(values))
    session.add(row)
    session.flush()
    note_audit(session, "add-product", subject=row, by=by, at=at)
    return row


def add_part(session: Session, values: Mapping[str, Any], *, table: type[Part], by: Actor, at: datetime) -> Part:
    """Make a module of a product, or a fault type of a module."""
    codes = tuple(values["above"].split(":"))
    if session.get(Product if table is Module else Module, codes) is None:
        raise SetupError("unknown-product" if table is Module else "unknown-module", field="above")
    if session.get(table, (*codes, values["code"])) is not None:
        raise SetupError("taken", field="code")
    names = ("product_code", "module_code")[: len(codes)]
    row = table(**dict(zip(names, codes, strict=True)), code=values["code"], names=_names(values))
    session.add(row)
    session.flush()
    note_audit(session, f"add-{table.__tablename__}", subject=row, by=by, at=at, code=_path(row))
    return row


def retire(session: Session, row: Product | Part, *, is_closed: bool, by: Actor, at: datetime) -> None:
    """Offer something of the catalogue nowhere any more, or again; what names it still can."""
    if bool(row.retired_at) == is_closed:
        return
    row.retired_at = at if is_closed else None
    action = f"{'retire' if is_closed else 'offer'}-{row.__tablename__}"
    note_audit(session, action, subject=row, by=by, at=at, code=_path(row))


def rename(session: Session, row: Product | Part, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Name a product, a module or a fault type anew."""
    was, names = dict(row.names), _names(values)
    if names != was:
        row.names = names
        facts = what_changed(_by_field(was), _by_field(names))
        note_audit(session, f"rename-{row.__tablename__}", subject=row, by=by, at=at, code=_path(row), **facts)


def _path(row: Product | Part) -> str:
    """Return a part's code below those of what it belongs to."""
    above = [getattr(row, name) for name in ("product_code", "module_code") if hasattr(row, name)]
    return " › ".join([*above, row.code])


def _by_field(names: Mapping[str, str]) -> dict[str, str]:
    return {f"name_{locale}": names.get(locale, "") for locale in LOCALES}


def _names(values: Mapping[str, Any]) -> dict[str, str]:
    found = {locale: values[f"name_{locale}"] for locale in LOCALES}
    return {locale: name for locale, name in found.items() if name}
