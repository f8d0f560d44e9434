"""Reads of what the vendor makes, named in every language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from portal.catalogue.models import FaultType, Module, Product
from portal.core.i18n import in_language

_products = cast(Table, Product.__table__)
_PRODUCT_NAMES = select(_products.c.code, _products.c.names).order_by(_products.c.code)


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


@dataclass(frozen=True, slots=True)
class Part:
    """A product, a module or a fault type, with the names of what it belongs to."""

    product: str
    module: str
    fault_type: str
    names: Sequence[Mapping[str, str]]

    @property
    def code(self) -> str:
        """The part in one word, for forms: ``his``, ``his:orders`` or ``his:orders:slow``."""
        return ":".join(each for each in (self.product, self.module, self.fault_type) if each)

    def name(self, locale: str) -> str:
        """Return its name in a language, after the names of what it belongs to."""
        return " › ".join(in_language(each, locale) for each in self.names)


def every_part(session: Session) -> Sequence[Part]:
    """Return everything that is not retired, each followed by its own parts."""
    rows = session.execute(
        select(Product.code, Product.names, Module.code, Module.names, FaultType.code, FaultType.names)
        .outerjoin(Module, (Module.product_code == Product.code) & Module.retired_at.is_(None))
        .outerjoin(
            FaultType,
            (FaultType.product_code == Product.code)
            & (FaultType.module_code == Module.code)
            & FaultType.retired_at.is_(None),
        )
        .where(Product.retired_at.is_(None))
        .order_by(Product.code, Module.code, FaultType.code)
    ).all()
    found: dict[str, Part] = {}
    for product, product_name, module, module_name, fault, fault_name in rows:
        named = [name for name in (product_name, module_name, fault_name) if name]
        for depth in range(1, len(named) + 1):
            codes = [product, module or "", fault or ""][:depth] + [""] * (3 - depth)
            part = Part(codes[0], codes[1], codes[2], named[:depth])
            found.setdefault(part.code, part)
    return list(found.values())


def product_names(session: Session, locale: str) -> dict[str, str]:
    """Return each product's name in a language, by code."""
    return {row.code: in_language(row.names, locale) for row in session.execute(_PRODUCT_NAMES)}


def offered_products(session: Session, locale: str, *, also: str = "") -> dict[str, str]:
    """Return the names of the products that can be chosen: none that is retired, but for the one chosen before."""
    rows = session.execute(
        select(Product.code, Product.names)
        .where(or_(Product.retired_at.is_(None), Product.code == also))
        .order_by(Product.code)
    )
    return {row.code: in_language(row.names, locale) for row in rows}


def module_names(session: Session, product_code: str, locale: str) -> dict[str, str]:
    """Return the names of a product's modules in a language, by code."""
    rows = session.execute(select(Module.code, Module.names).where(Module.product_code == product_code))
    return {row.code: in_language(row.names, locale) for row in rows}


def all_fault_type_names(session: Session, locale: str) -> dict[str, str]:
    """Return the names of every way in which a module goes wrong, by code."""
    rows = session.execute(select(FaultType.code, FaultType.names).order_by(FaultType.code))
    return {row.code: in_language(row.names, locale) for row in rows}
