"""What the tables of agreed actions have in common: those of visits, and those of emergencies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class AgreedAction(Base):
    """Something that was agreed with a customer; its promises say by when it is done."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    text_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    next_due_at: Mapped[datetime | None]
    """The time that holds now; none once it is done."""
    done_at: Mapped[datetime | None]


class ActionPromise(Base):
    """A promise that something agreed is done by a time; after a missed one comes another."""

    __abstract__ = True

    promise_id: Mapped[UUID] = mapped_column(ForeignKey("promise.id"), primary_key=True)
    action_id: Mapped[UUID]
