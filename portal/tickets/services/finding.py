"""Making what was written findable, in the transaction in which it was written."""

import json
from collections.abc import Iterator

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from portal.core.models import TypedText
from portal.core.terms import terms_of
from portal.tickets.models import Audience, Snapshot, Ticket, TicketWords, scope_of

_MOST_PARTS = 4
"""Of SQLite's full-text index; each search looks into all of them."""
_BLOCKS = 500
"""How much is brought together in one transaction, so that nobody waits long for it."""
_NOT_ANSWERED = {
    "schema",
    "questionnaire",
    "locale",
    "channel",
    "lane",
    "times",
    "triage",
    "redactions",
    "prefilled",
    "unknown",
    "fingerprint",
}
"""What stands in a snapshot beside the answers."""


def make_found(
    session: Session,
    ticket: Ticket,
    text: TypedText,
    *,
    audience: Audience = Audience.CUSTOMER,
    words: str | None = None,
) -> None:
    """Let a text be found by its words, or by others that say the same."""
    terms = _terms(ticket, audience, text.body if words is None else words)
    session.add(TicketWords(ticket=ticket, text=text, audience=audience, terms=terms))


def make_new_found(session: Session, ticket: Ticket, document: TypedText) -> None:
    """Let a new ticket be found by its number, its title and its description."""
    words = {ticket.title_id: f"{ticket.reference} {ticket.title.body}", document.id: answered(document.body)}
    rows = [
        {
            "ticket_id": ticket.id,
            "text_id": text_id,
            "audience": Audience.CUSTOMER,
            "terms": _terms(ticket, Audience.CUSTOMER, said),
        }
        for text_id, said in words.items()
    ]
    session.execute(insert(TicketWords), rows)


def make_snapshot_found(session: Session, ticket: Ticket, text: TypedText) -> None:
    """Let the latest description be found, and no earlier one: nobody reads those any more."""
    if ticket.revision > 1:
        earlier = select(Snapshot.document_id).where(
            Snapshot.ticket_id == ticket.id, Snapshot.revision < ticket.revision
        )
        with session.no_autoflush:
            session.execute(
                delete(TicketWords).where(TicketWords.ticket_id == ticket.id, TicketWords.text_id.in_(earlier))
            )
    make_found(session, ticket, text, words=answered(text.body))


def _terms(ticket: Ticket, audience: Audience, words: str) -> str:
    """Return the terms of a text, with the organisation's own among those that it may read."""
    terms = terms_of(words)
    if audience == Audience.CUSTOMER and ticket.organisation_id is not None:
        terms.insert(0, scope_of(ticket.organisation_id))
    return " ".join(terms)


def hand_over(session: Session, ticket: Ticket) -> None:
    """Let the people of an organisation find a call-back that has become theirs."""
    if ticket.organisation_id is not None:
        session.execute(
            update(TicketWords)
            .where(TicketWords.ticket_id == ticket.id, TicketWords.audience == Audience.CUSTOMER)
            .values(terms=TicketWords.terms + f" {scope_of(ticket.organisation_id)}")
        )


def answered(document: str) -> str:
    """Return what people wrote in a document, without the names of its parts."""
    return " ".join(_leaves(json.loads(document)))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in _NOT_ANSWERED:
                yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str):
        yield value


def gather_terms(session: Session, *, has_begun: bool) -> bool:
    """Bring the parts of SQLite's full-text index together, some at a time; returns whether there is more of it."""
    parts = text("SELECT count(DISTINCT segid) FROM ticket_terms_idx")
    if not has_begun and session.execute(parts).scalar_one() <= _MOST_PARTS:
        return False
    changes = text("SELECT total_changes()")
    before = session.execute(changes).scalar_one()
    # A negative number begins with all parts, however large; a positive one goes on with it.
    merge = text("INSERT INTO ticket_terms(ticket_terms, rank) VALUES ('merge', :blocks)")
    session.execute(merge, {"blocks": _BLOCKS if has_begun else -_BLOCKS})
    return bool(session.execute(changes).scalar_one() - before > 1)
