"""Tickets that belong together: linking, splitting, and going on in another one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import clock, references, web
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.desk.forms import LinkForm, SameForm, SplitForm, UnlinkForm
from portal.desk.services.merging import merge
from portal.desk.views.blueprint import blueprint
from portal.desk.views.wording import wording_of
from portal.phrasebook.forms import Wording
from portal.phrasebook.services import keep_terms
from portal.tickets import services
from portal.tickets.models import Priority, Ticket, TicketState
from portal.tickets.permissions import allowed_actions
from portal.tickets.queries import Head, description_of, related_to, ticket_head, ticket_to_change
from portal.tickets.views.finding import Change, change_once
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm


@blueprint.get("/tickets/<reference>/links")
@access.agent
def show_links(reference: str) -> ResponseReturnValue:
    """Show which tickets belong to one, and the ways to link, split and merge."""
    return _page(_head(reference))


@blueprint.post("/tickets/<reference>/links")
@access.agent
def link_tickets(reference: str) -> ResponseReturnValue:
    """Link two tickets; both tell colleagues of it."""
    head, form = _head(reference), LinkForm(prefix="link")

    def link(session: Session, ticket: Ticket, by: Actor, at: datetime) -> object:
        return services.relate(session, ticket, other=_other(session, form, by), by=by, at=at)

    return _change(head, form, link, done=_("The two are linked, and both say so."))


@blueprint.post("/tickets/<reference>/links/removal")
@access.agent
def unlink_tickets(reference: str) -> ResponseReturnValue:
    """Take a link back; both tickets tell colleagues of it."""
    head, form = _head(reference), UnlinkForm(prefix="unlink")

    def unlink(session: Session, ticket: Ticket, by: Actor, at: datetime) -> object:
        other = ticket_to_change(session, (form.other.data or "")[:60], by)
        if other is None:
            raise DomainError("not-linked")
        return services.unrelate(session, ticket, other=other, by=by, at=at)

    try:
        change_once(reference, form, unlink)
    except DomainError:
        pages.say(_("The two are not linked any more."))
    return pages.go_to("desk.show_links", reference=head.reference)


@blueprint.post("/tickets/<reference>/split")
@access.agent
def split_ticket(reference: str) -> ResponseReturnValue:
    """Let a part of a ticket go on in a ticket of its own."""
    head, form = _head(reference), SplitForm(prefix="split")
    document = description_of(web.reading(), reference, current_actor()) or {}

    def split(session: Session, ticket: Ticket, by: Actor, at: datetime) -> object:
        part = services.Part(form.title.data, form.words.data, document, Priority(form.priority.data))
        return services.split(session, ticket, part=part, by=by, at=at)

    return _change_with_words(head, form, split, done=_("The part goes on by itself. The customer was told of both."))


@blueprint.post("/tickets/<reference>/same")
@access.agent
def merge_ticket(reference: str) -> ResponseReturnValue:
    """End a ticket that is the same as another one, in which we go on."""
    head, form = _head(reference), SameForm(prefix="same")

    def go_on(session: Session, ticket: Ticket, by: Actor, at: datetime) -> object:
        other = _other(session, form, by)
        change = services.StateChange(to=TicketState.DUPLICATE, words=form.words.data, parent_id=other.id)
        return merge(session, ticket, change=change, by=by, at=at)

    return _change_with_words(
        head, form, go_on, done=_("We go on in the other ticket. Both say so, and the customer was told.")
    )


class _NoSuchTicketError(DomainError):
    """The number that was typed is nobody's, or not for this agent to see."""


def _other(session: Session, form: LinkForm, by: Actor) -> Ticket:
    found = ticket_to_change(session, references.as_written(form.other.data), by)
    if found is None:
        raise _NoSuchTicketError("not-there")
    return found


def _change_with_words(head: Head, form: SameForm | SplitForm, change: Change, *, done: str) -> ResponseReturnValue:
    """Do it with words that the customer reads, once the phrasebook has nothing to say or was answered."""
    is_good, wording = form.validate(), wording_of(head.reference, form)
    if form.must_ask(wording) or not is_good:
        return _page(head, form, wording), 422

    def change_and_note(session: Session, ticket: Ticket, by: Actor, at: datetime) -> object:
        keep_terms(session, ticket.id, form.kept_terms(wording), by=by, at=at)
        return change(session, ticket, by, at)

    return _change(head, form, change_and_note, done=done)


def _change(head: Head, form: LinkForm | SplitForm, change: Change, *, done: str) -> ResponseReturnValue:
    """Do it once and show the ticket; where something is refused, show the page with what was typed."""
    if not form.validate():
        return _page(head, form), 422
    try:
        change_once(head.reference, form, change)
    except _NoSuchTicketError:
        if isinstance(form, LinkForm):
            form.refuse_other()
        return _page(head, form), 422
    except DomainError as error:
        form.refuse(error)
        return _page(head, form), 422
    pages.say(done)
    return pages.go_to("desk.show_links", reference=head.reference)


def _head(reference: str) -> Head:
    return ticket_head(web.reading(), reference, current_actor()) or abort(404)


def _page(head: Head, sent: OnceForm | None = None, wording: Wording | None = None) -> str:
    actor = current_actor()
    return pages.page(
        "desk/links.html",
        ticket=head,
        related=related_to(web.reading(), head.id, actor),
        actions=allowed_actions(head, actor, at=clock.now()),
        sent=sent,
        wording=wording,
        **_forms(head, sent),
    )


def _forms(head: Head, sent: OnceForm | None) -> Mapping[str, Any]:
    kinds = {"linking": (LinkForm, "link"), "splitting": (SplitForm, "split"), "merging": (SameForm, "same")}
    made = {name: form(formdata=None, prefix=prefix) for name, (form, prefix) in kinds.items()}
    made["splitting"].propose(head.priority)
    made |= {name: sent for name, (form, _prefix) in kinds.items() if type(sent) is form}
    return {**made, "unlinking": UnlinkForm(formdata=None, prefix="unlink")}
