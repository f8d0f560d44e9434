"""Call-backs for people who can't sign in: tickets that only agents see until somebody has called."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from intake.redaction import redact
from portal.core import idempotency
from portal.core.actor import ANONYMOUS
from portal.tickets.models import Priority
from portal.tickets.services import Opening, open_ticket

CHANNEL = "call-back"
SCHEMA = "call-back/1"
_PURPOSE = "call-back"


@dataclass(frozen=True, slots=True)
class CallBack:
    """What somebody told us who isn't signed in."""

    what: str
    phone: str
    name: str
    organisation: str


def ask(session: Session, call: CallBack, *, once: str, because: str, at: datetime) -> str:
    """Open an unverified emergency and return the id of its ticket; the same form again gives the same one."""
    earlier = idempotency.earlier_result(session, once, purpose=_PURPOSE, person_id=None)
    if earlier is not None:
        return str(earlier["ticket"])
    what = redact(call.what).text
    caller = {"name": call.name, "organisation": call.organisation, "phone": call.phone}
    opening = Opening(
        title=what.splitlines()[0][:140],
        severity=Priority.P1,
        document={"schema": SCHEMA, "what": what, "caller": caller},
        because=because,
        schema=SCHEMA,
        is_emergency=True,
        channel=CHANNEL,
    )
    ticket = open_ticket(session, opening=opening, by=ANONYMOUS, at=at)
    result = {"ticket": str(ticket.id)}
    idempotency.remember(session, once, purpose=_PURPOSE, person_id=None, result=result, at=at)
    return str(ticket.id)
