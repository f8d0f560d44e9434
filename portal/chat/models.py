"""The table of chat groups."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class ChatService(StrEnum):
    """Whose chat it is; each robot speaks a format of its own."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


class ChatGroup(Base):
    """A group that customers and support share, and the robot that brings our news into it."""

    __tablename__ = "chat_group"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    service: Mapped[ChatService] = mapped_column(String(10))
    sealed_address: Mapped[bytes] = mapped_column(LargeBinary)
    """Whoever knows the address may write into the group, so it is unreadable without the portal's key."""
    sealed_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Signs messages where the group asks for it."""
    locale: Mapped[str] = mapped_column(String(10))
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
