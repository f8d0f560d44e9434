"""What ratings add to other pages, to mails and to the worker."""

from typing import Protocol
from uuid import UUID

from flask import Flask

from portal.core import clock, web
from portal.outbox.registry import register_clock_pass
from portal.ratings import queries, services
from portal.ratings.forms import RatingForm
from portal.ratings.models import RatingKind
from portal.ratings.views.landing import link_for
from portal.tickets.models import TicketState
from portal.ui import languages, pages
from portal.ui.access import current_actor

_KIND_IN_MAIL = {
    TicketState.NEW: None,
    TicketState.TRIAGED: None,
    TicketState.RESOLVED: RatingKind.STARS,
    TicketState.CLOSED: RatingKind.STARS,
    TicketState.DUPLICATE: None,
    TicketState.CANCELLED: None,
}


class RatedTicket(Protocol):
    """As much of a ticket as another feature's page or mail lends us."""

    @property
    def id(self) -> UUID:
        """The ticket."""

    @property
    def reference(self) -> str:
        """Its number."""

    @property
    def state(self) -> TicketState:
        """Where it stands."""


def init_app(app: Flask) -> None:
    """Wire ratings into the portal."""
    pages.fill_slot(app, "rate-ticket", ask_on_page)
    pages.fill_slot(app, "after-ticket-mail", ask_in_mail)
    register_clock_pass(app, services.send_reminders)
    zone = app.extensions["plainport.settings"].time_zone
    register_clock_pass(app, lambda session, *, at: services.send_digests(session, at=at, time_zone=zone))


def ask_on_page(ticket: RatedTicket) -> str | None:
    """Ask whoever follows a ticket what is still to be asked."""
    person_id, at = current_actor().person_id, clock.now()
    subject = queries.rating_subject(web.reading(), ticket.id, person_id) if person_id else None
    if subject is None or subject.main_kind is None:
        return None
    asked = subject.next_kind(at=at)
    is_answered = subject.has_answered(subject.main_kind, at=at)
    return pages.page(
        "ratings/_on_ticket.html", ticket=ticket, asked=asked, is_answered=is_answered, form=RatingForm(formdata=None)
    )


def ask_in_mail(ticket: RatedTicket, person_id: UUID, *, is_html: bool) -> str | None:
    """Ask in a mail, by links that need no sign-in; the answer is given on the page that they open."""
    kind = _KIND_IN_MAIL.get(TicketState(ticket.state), RatingKind.MOOD)
    if kind is None:
        return None
    template = f"ratings/mail/_ask.{'html' if is_html else 'txt'}"
    return pages.render(template, languages.current_locale(), kind=kind, link=link_for(ticket.id, person_id))
