"""What a customer can do with a ticket: say that it got worse, confirm, reopen, take it back."""

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.tickets import services
from portal.tickets.forms import EscalationForm, WordsForm
from portal.tickets.permissions import Action, ActionError, TransitionError
from portal.tickets.queries import TicketPage
from portal.tickets.views.finding import blueprint, change_once, find_page, problems_of
from portal.tickets.views.showing import Refused, show_page
from portal.ui import access, pages
from portal.ui.forms import OnceForm

_MOVED_ON = (ActionError, TransitionError)


@blueprint.get("/tickets/<reference>/escalate")
@access.customer
def ask_what_got_worse(reference: str) -> ResponseReturnValue:
    """Ask what got worse."""
    found = find_page(reference)
    if Action.ESCALATE not in found.actions:
        return pages.go_to("tickets.show", reference=reference)
    return _escalation_page(found, EscalationForm(formdata=None))


@blueprint.post("/tickets/<reference>/escalate")
@access.customer
def escalate(reference: str) -> ResponseReturnValue:
    """Let somebody look at once at what got worse."""
    form = EscalationForm()
    if not form.validate():
        return _escalation_page(find_page(reference), form), 422
    words, has_stopped = form.words.data, form.has_work_stopped.data
    try:
        change_once(
            reference,
            form,
            lambda session, ticket, by, at: services.escalate(
                session, ticket, words=words, has_work_stopped=has_stopped, by=by, at=at
            ),
        )
    except _MOVED_ON:
        return _moved_on(reference, words)
    pages.say(_("We know that it got worse. A person answers you soon; the time is shown here."))
    return pages.go_to("tickets.show", reference=reference)


@blueprint.post("/tickets/<reference>/accept")
@access.customer
def accept_date(reference: str) -> ResponseReturnValue:
    """Write next on the day of the planned fix, because that is enough for the customer."""
    form = OnceForm()
    try:
        change_once(
            reference, form, lambda session, ticket, by, at: services.accept_date(session, ticket, by=by, at=at)
        )
    except (*_MOVED_ON, services.AcceptError):
        return _moved_on(reference, "")
    pages.say(_("Agreed. You hear from us on that day, or earlier if anything changes."))
    return pages.go_to("tickets.show", reference=reference)


@blueprint.post("/tickets/<reference>/outcome")
@access.customer
def tell_outcome(reference: str) -> ResponseReturnValue:
    """Close a solved ticket because it works, or open it again because it does not."""
    outcome = request.form.get("outcome")
    if outcome not in ("ok", "reopen"):
        abort(422)
    form = WordsForm()
    if not form.validate():
        refused = Refused(words=form, problems=problems_of(form), errors=dict(problems_of(form)))
        return show_page(find_page(reference), refused), 422
    change = services.confirm if outcome == "ok" else services.reopen
    try:
        change_once(
            reference,
            form,
            lambda session, ticket, by, at: change(session, ticket, by=by, at=at, words=form.words.data),
        )
    except _MOVED_ON:
        return _moved_on(reference, form.words.data)
    said = (
        _("Thank you. We are glad that it works.")
        if outcome == "ok"
        else _("It is open again. A person answers you soon.")
    )
    pages.say(said)
    return pages.go_to("tickets.show", reference=reference)


@blueprint.get("/tickets/<reference>/cancel")
@access.customer
def ask_to_cancel(reference: str) -> ResponseReturnValue:
    """Ask whether the report is really to be taken back."""
    found = find_page(reference)
    if Action.CANCEL not in found.actions:
        return pages.go_to("tickets.show", reference=reference)
    return pages.page("tickets/cancel.html", found=found, form=WordsForm(formdata=None), problems=())


@blueprint.post("/tickets/<reference>/cancel")
@access.customer
def cancel(reference: str) -> ResponseReturnValue:
    """Take the report back."""
    form = WordsForm()
    if not form.validate():
        found = find_page(reference)
        return pages.page("tickets/cancel.html", found=found, form=form, problems=problems_of(form)), 422
    try:
        change_once(
            reference,
            form,
            lambda session, ticket, by, at: services.cancel(session, ticket, by=by, at=at, words=form.words.data),
        )
    except _MOVED_ON:
        return _moved_on(reference, form.words.data)
    pages.say(_("Your report is taken back. Nothing more happens with it."))
    return pages.go_to("tickets.show", reference=reference)


def _escalation_page(found: TicketPage, form: EscalationForm) -> str:
    return pages.page("tickets/escalate.html", found=found, form=form, problems=problems_of(form))


def _moved_on(reference: str, words: str) -> ResponseReturnValue:
    """Show how the ticket stands now, with the words that could not be used any more."""
    form = WordsForm(formdata=None)
    form.words.data = words
    text = _("Somebody was faster: this has changed while you were writing. Please look at it once more.")
    return show_page(find_page(reference), Refused(words=form, problems=[("main", text)])), 422
