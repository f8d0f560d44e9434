"""Which tickets belong together without one ending the other."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class LinkKind(StrEnum):
    """Why two tickets are linked."""

    RELATED = "related"
    SPLIT = "split"
    """The second was a part of the first."""
    DUPLICATE = "duplicate"
    """The second ended because it is the same as the first."""


class TicketLink(Base):
    """Two tickets that belong together, as somebody in support says."""

    __tablename__ = "ticket_link"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True, index=True)
    kind: Mapped[LinkKind] = mapped_column(String(10))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
