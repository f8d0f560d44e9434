"""What chat groups are told, as values: ids only, the words are found when it is delivered."""

from uuid import UUID

from portal.outbox.messages import Message

CHAT = "chat"
TRIED = "chat-tried"


def news(group_id: UUID, about: str, subject_id: UUID) -> Message:
    """Tell a group about something; each group is told once about it."""
    return Message(
        kind=CHAT,
        subject_id=subject_id,
        parameters={"group_id": str(group_id), "about": about},
        dedupe_key=f"{CHAT}:{group_id}:{about}:{subject_id}",
    )
