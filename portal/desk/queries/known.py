"""What is known already that may help with a ticket: notices, articles, what its customer runs and had before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.desk.queries.alike import SOLUTION, version_of
from portal.knowledge.queries import Found, matching
from portal.knowledge.services import About
from portal.notices.queries import Problem
from portal.tickets.queries import Head, Listed, TicketPage, status_of, visible_to
from portal.tickets.queries.among import among
from portal.tickets.queries.heads import HEADS, head_of
from portal.tickets.queries.tables import ticket
from portal.tickets.services import Resolution

_LATEST = 5
"""Of an organisation's tickets: who writes to it wants to know how it fared, not all that ever was."""


@dataclass(frozen=True, slots=True)
class Before:
    """A ticket that an organisation had before."""

    listed: Listed
    resolution: Resolution | None
    """How it was solved, where it was."""


def problem_of(head: Head, document: Mapping[str, Any]) -> Problem:
    """Return a ticket as known problems are matched with it."""
    error = document.get("error")
    found = error.get("fingerprints") if isinstance(error, Mapping) else None
    fingerprints = {str(each) for each in found} if isinstance(found, list) else set()
    return Problem(
        product=head.product_code,
        module=head.module_code,
        version=version_of(document),
        fingerprints=frozenset(fingerprints | ({head.fingerprint} if head.fingerprint else set())),
    )


def articles_for(session: Session, actor: Actor, head: Head, document: Mapping[str, Any]) -> list[Found]:
    """Return the published articles about what a ticket is about, or about the code of its error, the nearest first."""
    error = document.get("error")
    code = str(error.get("code") or "") if isinstance(error, Mapping) else ""
    return matching(session, actor, About(head.product_code, head.module_code, head.fault_type), error_code=code)


def before(session: Session, actor: Actor, head: Head) -> list[Before]:
    """Return the latest tickets of the same organisation, other than this one, with how they were solved."""
    if head.organisation_id is None:
        return []
    rows = session.execute(_before_of(actor), {"organisation_id": head.organisation_id, "id": head.id})
    return [_before(row) for row in rows]


def _before_of(actor: Actor) -> Select[Any]:
    newest = (ticket.c.opened_at.desc(), ticket.c.id.desc())
    theirs = (
        select(ticket.c.id)
        .where(
            ticket.c.organisation_id == bindparam("organisation_id"), ticket.c.id != bindparam("id"), visible_to(actor)
        )
        .order_by(*newest)
        .limit(_LATEST)
    )
    return HEADS.add_columns(SOLUTION.label("solution")).where(among(ticket.c.id, theirs)).order_by(*newest)


def _before(row: Row[Any]) -> Before:
    head = head_of(row)
    is_solved = head.resolved_at is not None and row.solution
    return Before(Listed(head, status_of(head)), Resolution.from_text(row.solution) if is_solved else None)


def reported_elsewhere(found: TicketPage) -> str:
    """Return the version that a ticket was reported for, where it is none that we know to run there."""
    version = version_of(found.snapshot.document if found.snapshot else {})
    known = {each.version for each in found.runs if each.version}
    return version if known and version not in known else ""
