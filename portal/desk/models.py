"""The table of the desk itself: views of the queue that agents keep."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class SavedFilter(Base):
    """A view of the queue that an agent wants to come back to; nobody else sees it."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    asked: Mapped[str] = mapped_column(String(400))
    """What stands behind the question mark of its address."""
    saved_at: Mapped[datetime]
