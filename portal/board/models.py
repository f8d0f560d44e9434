"""Tables of figures: what each ticket adds, the sums of each day, words, and reports of a month."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class BoardMark(Base):
    """What one ticket adds to one figure of one day; taken back and made anew when the ticket has moved on."""

    __tablename__ = "board_mark"
    __table_args__ = (
        UniqueConstraint("ticket_id", "measure", "day"),
        Index("ix_board_mark_of_day", "measure", "day", "ticket_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    product_code: Mapped[str] = mapped_column(String(60))
    module_code: Mapped[str] = mapped_column(String(60))
    team: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    measure: Mapped[str] = mapped_column(String(30))
    count: Mapped[int]
    total: Mapped[int] = mapped_column(BigInteger)
    """Minutes or points, where the figure has any."""


class BoardFigure(Base):
    """The sum of a figure's marks of one day in one scope: all, a product, a module, an organisation, a team."""

    __tablename__ = "board_figure"

    scope_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    scope: Mapped[str] = mapped_column(String(160), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(String(30), primary_key=True)
    count: Mapped[int]
    total: Mapped[int] = mapped_column(BigInteger)


class BoardSeen(Base):
    """How far a ticket has been counted."""

    __tablename__ = "board_seen"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    last_seq: Mapped[int]
    ratings: Mapped[int]


class BoardCursor(Base):
    """Up to where a kind of change has been looked at."""

    __tablename__ = "board_cursor"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    place: Mapped[UUID]
    """The last one that was looked at: ids grow with time."""


class BoardWordUse(Base):
    """How many tickets of a week use a word in one scope; only words that several of them use are kept."""

    __tablename__ = "board_word_use"
    __table_args__ = (Index("ix_board_word_use_of_week", "scope_kind", "week"),)

    scope_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    scope: Mapped[str] = mapped_column(String(160), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    """Its Monday."""
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    """Empty for all tickets of the week."""
    count: Mapped[int]


class BoardWord(Base):
    """Kept for the release before this one alone: words by product and module, as it counted them."""

    __tablename__ = "board_word"

    week: Mapped[date] = mapped_column(primary_key=True)
    product_code: Mapped[str] = mapped_column(String(60), primary_key=True)
    module_code: Mapped[str] = mapped_column(String(60), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int]


class MonthlyReport(Base):
    """How a product or an organisation fared in a month; figures only."""

    __tablename__ = "monthly_report"
    __table_args__ = (
        UniqueConstraint("month", "product_code", "organisation_id"),
        Index("ix_monthly_report_newest", "made_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    month: Mapped[date]
    """Its first day."""
    product_code: Mapped[str] = mapped_column(String(60), default="")
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    figures: Mapped[dict[str, Any]]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class MonthlyReportReader(Base):
    """Somebody of support who gets the reports about a product or an organisation by mail."""

    __tablename__ = "monthly_report_reader"
    __table_args__ = (UniqueConstraint("person_id", "product_code", "organisation_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    product_code: Mapped[str] = mapped_column(String(60), default="")
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    since: Mapped[datetime]
