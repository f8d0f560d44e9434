"""Tables of lists that are taken in."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class Register(StrEnum):
    """What is set up here, a list each."""

    ORGANISATIONS = "organisations"
    CONTACTS = "contacts"
    AGENTS = "agents"
    PRODUCTS = "products"
    MODULES = "modules"
    FAULT_TYPES = "fault-types"
    INSTALLATIONS = "installations"
    RELEASES = "releases"


TAKEN_IN = (Register.ORGANISATIONS, Register.CONTACTS, Register.INSTALLATIONS, Register.RELEASES)
"""What may come as a list from elsewhere."""


class ImportState(StrEnum):
    """How far a list is."""

    CHECKING = "checking"
    CHECKED = "checked"
    """Every row was looked at; somebody decides whether it is taken in."""
    TAKING = "taking"
    DONE = "done"
    LEFT = "left"
    """Nobody took it in; what was sent is gone."""


class ListImport(Base):
    """A list that somebody sent in, to be checked and taken in piece by piece."""

    __tablename__ = "list_import"
    __table_args__ = (
        Index(
            "ix_list_import_open",
            "changed_at",
            sqlite_where=text("storage_key IS NOT NULL"),
            postgresql_where=text("storage_key IS NOT NULL"),
        ),
        Index("ix_list_import_newest", "sent_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[ImportState] = mapped_column(String(10), default=ImportState.CHECKING)
    storage_key: Mapped[str | None] = mapped_column(String(40))
    """Where what was sent lies; none once it is over, because it may say who people are."""
    size: Mapped[int] = mapped_column(BigInteger)
    place: Mapped[int] = mapped_column(BigInteger, default=0)
    """How many bytes of it are done in this round."""
    rows: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class RefusedRow(Base):
    """A row of a list that can't be taken in, and why; never what stands in it."""

    __tablename__ = "refused_row"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("list_import.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    """As a spreadsheet counts: the names of the columns are row 1."""
    column: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(30))
