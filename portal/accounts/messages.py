"""What accounts tell people, as values."""

from portal.accounts.models import Invitation, SignInCode
from portal.outbox.messages import Message

SIGN_IN_CODE = "accounts.sign_in_code"
INVITATION = "accounts.invitation"


def sign_in_code(row: SignInCode, sealed: bytes) -> Message:
    """The code that signs in once; its digits are encrypted and blanked on delivery."""
    return Message(
        kind=SIGN_IN_CODE,
        subject_id=row.id,
        person_id=row.person_id,
        secret=sealed,
        dedupe_key=f"sign-in-code:{row.id}",
    )


def invitation(row: Invitation, sealed: bytes) -> Message:
    """The link that lets an invited person in once."""
    return Message(
        kind=INVITATION,
        subject_id=row.id,
        address=row.email,
        parameters={"name": row.name, "locale": row.locale},
        secret=sealed,
        dedupe_key=f"invitation:{row.id}",
    )
