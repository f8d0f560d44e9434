"""The agents' side: the queue, a ticket with everything about it, organisations, what could not be delivered."""

from portal.desk.views import (
    answering,
    around,
    assigning,
    calling,
    confirming,
    conversation,
    deciding,
    finding,
    linking,
    more,
    organisations,
    outbox,
    printing,
    questionnaires,
    queue,
    tickets,
    verifying,
)
from portal.desk.views.blueprint import blueprint

__all__ = [
    "answering",
    "around",
    "assigning",
    "blueprint",
    "calling",
    "confirming",
    "conversation",
    "deciding",
    "finding",
    "linking",
    "more",
    "organisations",
    "outbox",
    "printing",
    "questionnaires",
    "queue",
    "tickets",
    "verifying",
]
