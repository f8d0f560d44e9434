"""Reads of what the vendor makes, named in every language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import FaultType, Module, Product
from portal.core.i18n import in_language


@dataclass(frozen=True, slots=True)
class Entry:
    """A product, or one module of it."""

    product: str
    module: str
    """Empty for the product as a whole."""
    names: Mapping[str, str]
    module_names: Mapping[str, str]

    @property
    def code(self) -> str:
        """The entry in one word, for forms: ``his`` or ``his/orders``."""
        return f"{self.product}/{self.module}" if self.module else self.product

    def name(self, locale: str) -> str:
        """Return its name in a language."""
        parts = [in_language(self.names, locale), in_language(self.module_names, locale)]
        return " · ".join(part for part in parts if part)


def entries(session: Session) -> Sequence[Entry]:
    """Return every product, each followed by its modules, in one statement."""
    rows = session.execute(
        select(Product.code, Product.names, Module.code.label("module"), Module.names.label("module_names"))
        .outerjoin(Module, Module.product_code == Product.code)
        .order_by(Product.code, Module.code)
    ).all()
    found: dict[str, Entry] = {}
    for row in rows:
        whole = Entry(row.code, "", row.names, {})
        found.setdefault(whole.code, whole)
        if row.module:
            part = Entry(row.code, row.module, row.names, row.module_names)
            found[part.code] = part
    return list(found.values())


def product_names(session: Session, locale: str) -> dict[str, str]:
    """Return each product's name in a language, by code."""
    rows = session.execute(select(Product.code, Product.names).order_by(Product.code))
    return {row.code: in_language(row.names, locale) for row in rows}


def module_names(session: Session, product_code: str, locale: str) -> dict[str, str]:
    """Return the names of a product's modules in a language, by code."""
    rows = session.execute(select(Module.code, Module.names).where(Module.product_code == product_code))
    return {row.code: in_language(row.names, locale) for row in rows}


def fault_type_names(session: Session, product_code: str, module_code: str, locale: str) -> dict[str, str]:
    """Return the names of the ways in which a module goes wrong, by code."""
    rows = session.execute(
        select(FaultType.code, FaultType.names).where(
            FaultType.product_code == product_code, FaultType.module_code == module_code
        )
    )
    return {row.code: in_language(row.names, locale) for row in rows}


def all_fault_type_names(session: Session, locale: str) -> dict[str, str]:
    """Return the names of every way in which a module goes wrong, by code."""
    rows = session.execute(select(FaultType.code, FaultType.names).order_by(FaultType.code))
    return {row.code: in_language(row.names, locale) for row in rows}
