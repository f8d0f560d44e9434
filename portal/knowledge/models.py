"""Tables of articles."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class ArticleState(StrEnum):
    """Where an article stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RECALLED = "recalled"
    """It was wrong: nobody is to follow it any more, and whoever comes back to it reads why."""


class Article(Base):
    """A piece of knowledge: module, fault type, solution; a published one may have a next revision in the making."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_of_module", "product_code", "module_code", "fault_type"),
        Index("ix_article_newest", "changed_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_code: Mapped[str] = mapped_column(String(60))
    module_code: Mapped[str] = mapped_column(String(60), default="")
    fault_type: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[ArticleState] = mapped_column(String(10), default=ArticleState.DRAFT)
    draft: Mapped[int | None]
    """The revision that is being written."""
    published: Mapped[int | None]
    """The revision that customers read."""
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who wrote on the draft last; they can't publish it."""
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    review_on: Mapped[date | None] = mapped_column(index=True)
    """From this day on the page says that it may be out of date."""
    recall_reason: Mapped[str] = mapped_column(String(500), default="")
    recalled_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ArticleText(Base):
    """One revision of an article in one language."""

    __tablename__ = "article_text"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("article.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    """The question as a customer would ask it."""
    problem: Mapped[str] = mapped_column(Text, default="")
    steps: Mapped[list[Any]] = mapped_column(default=list)
    """Each with what to ``do``, what one should ``see``, and what to do ``if_not``."""
    pitfalls: Mapped[str] = mapped_column(Text, default="")


class ArticleTerm(Base):
    """A term under which a published article is found, and how much it says about it."""

    __tablename__ = "article_term"

    term: Mapped[str] = mapped_column(String(40), primary_key=True)
    article_id: Mapped[UUID] = mapped_column(ForeignKey("article.id"), primary_key=True, index=True)
    weight: Mapped[int]
