"""What makes tickets findable."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base
from portal.core.models import TypedText
from portal.tickets.models.states import Audience
from portal.tickets.models.tables import Ticket


class TicketWords(Base):
    """The terms of one text of a ticket; the database itself takes them away when the text is erased.

    What is looked through is made of them by the database, in the way of each: see the migration that made the table.
    """

    __tablename__ = "ticket_words"
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    """Counts up, so that the latest texts can be looked at first."""
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    text_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"), unique=True)
    audience: Mapped[Audience] = mapped_column(String(10))
    terms: Mapped[str] = mapped_column(Text)
    """Each once, with spaces between; what customers may read has their organisation among them."""
    ticket: Mapped[Ticket] = relationship(lazy="raise")
    text: Mapped[TypedText] = relationship(lazy="raise")


def scope_of(organisation_id: UUID) -> str:
    """Return the term under which only an organisation's people find; it can't be typed."""
    return f"¤{organisation_id.hex}"
