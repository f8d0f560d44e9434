"""Reads about tickets; every one of them goes through ``visible_to``."""

from portal.tickets.queries.drafts import Begun
from portal.tickets.queries.finding import Found, Wanted, Whose, find_tickets
from portal.tickets.queries.heads import Head
from portal.tickets.queries.linked import Linked, linked_ticket
from portal.tickets.queries.lists import Listed, Only, Page, Place, find_reference, my_tickets
from portal.tickets.queries.page import (
    Share,
    SnapshotShown,
    TicketPage,
    colleagues,
    file_on_ticket,
    latest_seq,
    shares_of,
    ticket_head,
    ticket_page,
)
from portal.tickets.queries.papers import Paper, paper_of
from portal.tickets.queries.queue import (
    DeskQueue,
    Lane,
    Narrowing,
    View,
    in_lane,
    queue_of,
    queue_statement,
    still_there,
)
from portal.tickets.queries.related import Related, related_to
from portal.tickets.queries.revisions import description_of, documents_of
from portal.tickets.queries.saying import Told, told_with
from portal.tickets.queries.shares import OpenShare, OpenShares, open_shares
from portal.tickets.queries.status import CUSTOMER_STATES, CustomerState, DueKind, Holder, Status, status_of
from portal.tickets.queries.timeline import Entry, File, Promised
from portal.tickets.queries.visibility import ticket_to_change, visible_to

__all__ = [
    "CUSTOMER_STATES",
    "Begun",
    "CustomerState",
    "DeskQueue",
    "DueKind",
    "Entry",
    "File",
    "Found",
    "Head",
    "Holder",
    "Lane",
    "Linked",
    "Listed",
    "Narrowing",
    "Only",
    "OpenShare",
    "OpenShares",
    "Page",
    "Paper",
    "Place",
    "Promised",
    "Related",
    "Share",
    "SnapshotShown",
    "Status",
    "TicketPage",
    "Told",
    "View",
    "Wanted",
    "Whose",
    "colleagues",
    "description_of",
    "documents_of",
    "file_on_ticket",
    "find_reference",
    "find_tickets",
    "in_lane",
    "latest_seq",
    "linked_ticket",
    "my_tickets",
    "open_shares",
    "paper_of",
    "queue_of",
    "queue_statement",
    "related_to",
    "shares_of",
    "status_of",
    "still_there",
    "ticket_head",
    "ticket_page",
    "ticket_to_change",
    "told_with",
    "visible_to",
]
