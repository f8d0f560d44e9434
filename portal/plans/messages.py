"""What emergencies and drills tell people, as values."""

from uuid import UUID

from portal.outbox.messages import Message

CALLED = "emergency-called"
NOBODY_LEFT = "emergency-nobody-left"
DRILL_BEGINS = "drill-begins"
DRILL_TELLS = "drill-tells"
"""What only joint drills send, and only to those who said that they take part; looked at again at the delivery."""
LOOKED_BACK = "emergency-looked-back"


def called(call_id: UUID, person_id: UUID) -> Message:
    """Call somebody of us."""
    return Message(kind=CALLED, subject_id=call_id, person_id=person_id, dedupe_key=f"{CALLED}:{call_id}")


def nobody_left(call_id: UUID, person_id: UUID) -> Message:
    """Tell whoever started it that nobody has answered for a role."""
    return Message(kind=NOBODY_LEFT, subject_id=call_id, person_id=person_id, dedupe_key=f"{NOBODY_LEFT}:{call_id}")


def drill_begins(emergency_id: UUID, person_id: UUID) -> Message:
    """Tell a contact who takes part that a joint drill begins."""
    key = f"{DRILL_BEGINS}:{emergency_id}:{person_id}"
    return Message(kind=DRILL_BEGINS, subject_id=emergency_id, person_id=person_id, dedupe_key=key)


def drill_tells(entry_id: UUID, person_id: UUID) -> Message:
    """Tell a contact who takes part what customers would be told."""
    key = f"{DRILL_TELLS}:{entry_id}:{person_id}"
    return Message(kind=DRILL_TELLS, subject_id=entry_id, person_id=person_id, dedupe_key=key)


def looked_back(emergency_id: UUID, person_id: UUID) -> Message:
    """Tell somebody at the organisation that they can read what was learned."""
    key = f"{LOOKED_BACK}:{emergency_id}:{person_id}"
    return Message(kind=LOOKED_BACK, subject_id=emergency_id, person_id=person_id, dedupe_key=key)
