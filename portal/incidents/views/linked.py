"""The tickets of a notice: joining them, taking them off, and answering all of them in one go."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from portal.core import clock, idempotency, web
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.core.i18n import LOCALES
from portal.incidents import services
from portal.incidents.forms.updating import LinkForm, SolvedForm, UpdateForm, not_found, nothing_written
from portal.incidents.models import IncidentUpdate
from portal.incidents.queries import linked as queries
from portal.incidents.services import IncidentError
from portal.incidents.views.blueprint import blueprint
from portal.notices.models import Notice
from portal.notices.permissions import NoticeRuleError
from portal.notices.services import loaded
from portal.phrasebook.forms import Wording
from portal.phrasebook.queries import phrasebook
from portal.phrasebook.services import Kept, keep_terms
from portal.tickets.queries import ticket_head
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm

_PURPOSE = "incident"
_Result = TypeVar("_Result")


@blueprint.get("/desk/notices/<code>/tickets")
@access.agent
def show_linked(code: str) -> ResponseReturnValue:
    """Show the tickets that are joined to a notice, and how far its updates have come."""
    return _page(_found(code))


@blueprint.post("/desk/notices/<code>/tickets/link")
@access.agent
def link_tickets(code: str) -> ResponseReturnValue:
    """Join tickets to a notice by their numbers."""
    notice, form = _found(code), LinkForm()
    if not form.validate_on_submit():
        return _page(notice, link=form), 422
    found = queries.references_to_link(web.reading(), current_actor(), form.numbers[:500])
    missing = [each for each in form.numbers if each not in found]
    if missing or not found:
        form.references.errors = [not_found(missing or [form.references.data[:40]])]
        return _page(notice, link=form), 422
    joined = _once(form, lambda session, by, at: services.link(session, notice.id, found.values(), by=by, at=at))
    if joined is not None:
        pages.say(ngettext("%(num)d ticket is joined.", "%(num)d tickets are joined.", len(joined)))
    return pages.go_to("incidents.show_linked", code=code)


@blueprint.post("/desk/notices/<code>/tickets/<reference>/unlink")
@access.agent
def unlink_ticket(code: str, reference: str) -> ResponseReturnValue:
    """Take a ticket off a notice."""
    actor = current_actor()
    notice = queries.notice_to_update(web.reading(), actor, code)
    found = queries.references_to_link(web.reading(), actor, [reference])
    if notice is None or not found:
        abort(404)
    with web.changing() as session:
        services.unlink(session, notice.id, found.values(), by=actor, at=clock.now())
    pages.say(_("%(reference)s is taken off this notice.", reference=reference))
    return pages.go_to("incidents.show_linked", code=code)


@blueprint.post("/desk/notices/<code>/tickets/update")
@access.agent
def update_tickets(code: str) -> ResponseReturnValue:
    """Answer every linked ticket with the same news."""
    notice, form = _found(code), UpdateForm()
    words = form.words(notice.source_language)
    if not form.validate_on_submit():
        return _page(notice, news=form), 422
    if not words:
        form[f"body_{notice.source_language}"].errors = [nothing_written()]
        return _page(notice, news=form), 422
    next_by = form.read_next_by(at=clock.now())
    wording = _worded(form, notice)
    if form.must_ask(wording) or form.next_by.errors:
        return _page(notice, wording, news=form), 422

    def tell(session: Session, by: Actor, at: datetime) -> IncidentUpdate:
        _note_kept(session, notice, form.kept_terms(wording), by=by, at=at)
        return services.write_update(session, notice.id, words, by=by, at=at, next_by=next_by)

    _once(form, tell)
    pages.say(_("The update is on its way to every linked ticket. This page shows how far it is."))
    return pages.go_to("incidents.show_linked", code=code, _anchor="told")


@blueprint.post("/desk/notices/<code>/tickets/solved")
@access.agent
def solve_tickets(code: str) -> ResponseReturnValue:
    """Say that the problem is solved: the notice, every linked ticket, and a report to whoever follows it."""
    notice, form = _found(code), SolvedForm()
    if not form.validate_on_submit() or form.ask_for_the_rest(notice.source_language):
        return _page(notice, solved=form), 422
    wording = _worded(form, notice)
    if form.must_ask(wording):
        return _page(notice, wording, solved=form), 422
    words = form.resolutions(notice.source_language)

    def solve(session: Session, by: Actor, at: datetime) -> IncidentUpdate:
        _note_kept(session, notice, form.kept_terms(wording), by=by, at=at)
        return services.resolve_incident(session, loaded(session, code, by=by), words, by=by, at=at)

    try:
        _once(form, solve)
    except (IncidentError, NoticeRuleError) as error:
        form[f"fix_{notice.source_language}"].errors = [_unsolved(error)]
        return _page(notice, solved=form), 422
    pages.say(_("Everyone is being told. This page shows how far it is."))
    return pages.go_to("incidents.show_linked", code=code, _anchor="told")


def _worded(form: UpdateForm | SolvedForm, notice: Notice) -> Wording:
    """Return what the phrasebook finds in words for all of them."""
    return form.looked_at(phrasebook(web.reading(), notice.source_language))


def _note_kept(session: Session, notice: Notice, kept: Kept, *, by: Actor, at: datetime) -> None:
    """Note which terms were kept, on the ticket that is due first: the phrasebook says where they stand."""
    for linked in queries.linked_tickets(session, by, notice.id)[:1]:
        head = ticket_head(session, linked.reference, by)
        if head is not None:
            keep_terms(session, head.id, kept, by=by, at=at)


def _unsolved(error: DomainError) -> str:
    """Say why it can't be said that the problem is solved, and what to do instead."""
    if error.code == "serves-some":
        return str(_("Readers whom you don’t serve see it too. Ask a colleague who serves all of them."))
    return str(_("This notice is no longer in force."))


def offer_tickets(notice_id: UUID, code: str, **_values: object) -> str:
    """Lead from a notice on the desk to its tickets."""
    links = queries.links_of(web.reading(), notice_id)
    return pages.page("incidents/desk/_links.html", links=links, code=code)


class ShownTicket(Protocol):
    """As much of a ticket as its page lends us."""

    @property
    def notice_id(self) -> UUID | None:
        """The notice about its problem."""


def show_notice(ticket: ShownTicket, **_values: object) -> str | None:
    """Show to customers, beside a ticket, the notice about its problem that they may read."""
    if ticket.notice_id is None:
        return None
    found = queries.notice_of(web.reading(), current_actor(), ticket.notice_id, locale=languages.current_locale())
    return pages.page("incidents/_notice.html", notice=found) if found else None


def show_notice_on_desk(ticket: ShownTicket, **_values: object) -> str | None:
    """Show to agents, above a ticket, the notice about its problem, from the moment that it was drafted."""
    if ticket.notice_id is None:
        return None
    found = queries.notice_on_desk(web.reading(), current_actor(), ticket.notice_id, locale=languages.current_locale())
    return pages.page("incidents/desk/_notice.html", notice=found) if found else None


def _found(code: str) -> Notice:
    """Return a notice that this agent may see, or answer that there is none; one that isn't out has tickets, too."""
    return queries.notice_to_update(web.reading(), current_actor(), code) or abort(404)


def _once(form: OnceForm, do: Callable[[Session, Actor, datetime], _Result]) -> _Result | None:
    """Do what a form asks, once however often it is sent; returns what came of it, None the second time."""
    by, at = current_actor(), clock.now()
    with web.changing() as session:
        key = form.once.data
        if idempotency.earlier_result(session, key, purpose=_PURPOSE, person_id=by.person_id) is not None:
            return None
        result = do(session, by, at)
        idempotency.remember(session, key, purpose=_PURPOSE, person_id=by.person_id, result={"done": True}, at=at)
    return result


def _first_words(session: Session, notice: Notice, *, is_first: bool) -> UpdateForm:
    """Return the form of an update; before a declared notice is out, the first begins with what is known anyway."""
    form, at = UpdateForm(formdata=None), clock.now()
    promised = queries.promised_to_reporters(session, notice.id) if notice.revision_number is None else None
    if is_first and promised is not None and promised > at:
        form.begin(promised, languages.settings().time_zone)
    return form


def _page(notice: Notice, wording: Wording | None = None, **refused: OnceForm) -> str:
    session, actor = web.reading(), current_actor()
    updates = queries.updates_of(session, notice.id)
    named = queries.notice_on_desk(session, actor, notice.id, locale=languages.current_locale()) or abort(404)
    forms: Mapping[str, OnceForm] = {
        "link": LinkForm(formdata=None),
        "news": _first_words(session, notice, is_first=not updates),
        "solved": SolvedForm(formdata=None).prefill(queries.written_cause(session, notice)),
        **refused,
    }
    return pages.page(
        "incidents/desk/linked.html",
        notice=notice,
        named=named,
        tickets=queries.linked_tickets(session, actor, notice.id),
        links=queries.links_of(session, notice.id),
        updates=updates,
        wording=wording,
        sent=next(iter(refused.values()), None),
        is_going_on=any(each.is_going_on for each in updates),
        languages_in_order=sorted(LOCALES, key=lambda each: each != notice.source_language),
        forms=forms,
    )
