"""What notices tell people, as values."""

from uuid import UUID

from portal.notices.models import Notice, NoticeRevision
from portal.outbox.messages import Message

PUBLISHED = "notice-published"


def published(notice: Notice, revision: NoticeRevision, person_id: UUID) -> Message:
    """Tell somebody at an organisation that a notice, or what it asks for now, concerns them."""
    return Message(
        kind=PUBLISHED,
        subject_id=notice.id,
        person_id=person_id,
        dedupe_key=f"{PUBLISHED}:{notice.code}:{revision.number}:{person_id}",
        parameters={"number": revision.number},
    )
