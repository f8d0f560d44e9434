"""Tables of interviews: drafts until they are submitted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class Interview(Base):
    """One run of a questionnaire by a contact."""

    __tablename__ = "interview"
    __table_args__ = (
        Index(
            "ix_interview_drafts",
            "organisation_id",
            "saved_at",
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index(
            "ix_interview_begun_by",
            "begun_by",
            "saved_at",
            sqlite_where=text("submitted_at IS NULL AND begun_by IS NOT NULL"),
            postgresql_where=text("submitted_at IS NULL AND begun_by IS NOT NULL"),
        ),
        Index(
            "ix_interview_open_of_version",
            "version_id",
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_version.id"))
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    """Set when submitted, or at once in an emergency, whose details go on."""
    notice_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"))
    """The notice beside which help was asked for."""
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    """The closed ticket that this one follows up."""
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``intake.answers.Answers`` as JSON: answers, marks and what is retired; already redacted."""
    visited: Mapped[list[Any]] = mapped_column(default=list)
    """The pages that have been sent, so that an optional question left open is not asked again."""
    page: Mapped[str] = mapped_column(String(64), default="")
    """Where to go on; empty once only checking is left."""
    is_emergency: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(String(12), default="portal")
    begun_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The agent who fills it in for the contact; None where contacts do so themselves."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts the saves, so that two open windows notice each other."""
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]


class DraftFile(Base):
    """A file added to a draft; it moves to the ticket on submit."""

    __tablename__ = "draft_file"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interview.id"), index=True)
    question_id: Mapped[str] = mapped_column(String(60))


class QuestionVisit(Base):
    """What became of one question on one page that was sent, or that it was shown next; never a word of the answer."""

    __tablename__ = "question_visit"
    __table_args__ = (Index(None, "version_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_version.id"))
    interview_id: Mapped[UUID]
    """Of an interview that may be gone: that it was dropped unsent says that somebody stopped."""
    question_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(10))
    seconds: Mapped[int | None]
    """How long its page was looked at, where that is known."""
    at: Mapped[datetime]


class ParkedForm(Base):
    """What somebody had typed when their sign-in had run out; redacted, encrypted, kept for a day."""

    __tablename__ = "parked_form"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interview.id"), index=True)
    page: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class KnownIssueAnswer(Base):
    """What became of a known issue in an interview: whether its way round helped; appended, never changed."""

    __tablename__ = "known_issue_answer"
    __table_args__ = (Index(None, "notice_id", "outcome"),)

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    """Of an interview that may be gone by now."""
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    """None where it was solved on the way, and no ticket was needed."""
    outcome: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]


class Deflection(Base):
    """Somebody came to report a problem and went without a ticket, because something had helped; appended."""

    __tablename__ = "deflection"

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    """Of an interview that may be gone by now."""
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    product_code: Mapped[str] = mapped_column(String(60), default="")
    module_code: Mapped[str] = mapped_column(String(60), default="")
    notice_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"), index=True)
    """The known issue whose way round helped."""
    article_id: Mapped[UUID | None] = mapped_column(ForeignKey("article.id"), index=True)
    """The article that helped; with neither, it was a step to try that the questionnaire itself tells."""
    at: Mapped[datetime] = mapped_column(index=True)
