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
    learning,
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
from portal.desk.views.learning import init_app

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
    "init_app",
    "learning",
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
