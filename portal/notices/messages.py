"""What notices tell people, as values."""

from uuid import UUID

from portal.notices.models import Notice, NoticeRevision
from portal.outbox.messages import Message

PUBLISHED = "notice-published"
WITHDRAWN = "notice-withdrawn"
TO_REVIEW = "notice-to-review"
HELD_BACK = "notice-held-back"


def published(notice: Notice, revision: NoticeRevision) -> Message:
    """Tell everyone whom it concerns that a notice is out, or asks for something else now."""
    return Message(
        kind=PUBLISHED,
        subject_id=notice.id,
        dedupe_key=f"{PUBLISHED}:{notice.code}:{revision.number}",
        parameters={"number": revision.number},
    )


def withdrawn(notice: Notice) -> Message:
    """Tell everyone who had been told of a notice that it is taken back."""
    return Message(kind=WITHDRAWN, subject_id=notice.id, dedupe_key=f"{WITHDRAWN}:{notice.code}")


def to_review(notice: Notice, revision: NoticeRevision, person_id: UUID) -> Message:
    """Ask a colleague to look at a revision; each time that it is asked for anew."""
    return _to_colleague(TO_REVIEW, notice, person_id, f"{revision.number}:{notice.version}")


def held_back(notice: Notice, revision: NoticeRevision, person_id: UUID) -> Message:
    """Tell a colleague that a notice did not go out at its moment, because something is missing."""
    return _to_colleague(HELD_BACK, notice, person_id, f"{revision.number}:{notice.version}")


def _to_colleague(kind: str, notice: Notice, person_id: UUID, occasion: str) -> Message:
    return Message(
        kind=kind,
        subject_id=notice.id,
        person_id=person_id,
        dedupe_key=f"{kind}:{notice.code}:{occasion}:{person_id}",
    )
