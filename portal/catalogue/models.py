"""Tables of what the vendor makes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class Product(Base):
    """Something the vendor makes and customers install."""

    __tablename__ = "product"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    names: Mapped[dict[str, Any]]
    """Its name by locale; ``en`` is always there."""
    retired_at: Mapped[datetime | None]
    """Since when it is offered nowhere any more; what names it still can."""


class Module(Base):
    """A part of a product."""

    __tablename__ = "module"

    product_code: Mapped[str] = mapped_column(ForeignKey("product.code"), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    names: Mapped[dict[str, Any]]
    retired_at: Mapped[datetime | None]


class FaultType(Base):
    """A way in which a module goes wrong."""

    __tablename__ = "fault_type"

    product_code: Mapped[str] = mapped_column(ForeignKey("product.code"), primary_key=True)
    module_code: Mapped[str] = mapped_column(String(60), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    names: Mapped[dict[str, Any]]
    retired_at: Mapped[datetime | None]


class Release(Base):
    """A version of a product that customers can install."""

    __tablename__ = "release"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_code: Mapped[str] = mapped_column(ForeignKey("product.code"), index=True)
    version: Mapped[str] = mapped_column(String(60))
    component: Mapped[str] = mapped_column(String(60), default="")
    published_at: Mapped[datetime] = mapped_column(index=True)
    withdrawn_at: Mapped[datetime | None]
    """Since when nobody should install it any more."""
