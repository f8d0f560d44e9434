"""What could not be delivered or made: why, and trying it again."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.desk import queries
from portal.desk.views.blueprint import blueprint
from portal.outbox import services
from portal.outbox.queries import DeadLetter
from portal.ui import access, pages

_REASONS = {
    "RefusedError": "refused",
    "ChatRefusedError": "robot",
    "GiveUpError": "impossible",
    "SMTPAuthenticationError": "sign-in",
    "ConnectionRefusedError": "unreachable",
    "ConnectionResetError": "unreachable",
    "SMTPConnectError": "unreachable",
    "SMTPServerDisconnected": "unreachable",
    "TimeoutError": "unreachable",
    "gaierror": "unreachable",
}
"""What the kind of an error means to the desk; the page has the words."""


@blueprint.get("/outbox")
@access.agent
def show_outbox() -> ResponseReturnValue:
    """Show what was given up, and why."""
    session, actor = web.reading(), access.current_actor()
    letters = queries.letters(session, actor)
    events = [each.dead.subject_id for each in letters if each.dead.subject_id]
    references = queries.references_of(session, actor, events)
    reasons = {each.dead.id: _reason(each.dead) for each in letters}
    return pages.page("desk/outbox.html", letters=letters, references=references, reasons=reasons)


@blueprint.post("/outbox/<uuid:letter_id>/retry")
@access.agent
def try_again(letter_id: UUID) -> ResponseReturnValue:
    """Give a message or document all its attempts again; one that is on its way already stays so."""
    if not queries.may_see_letter(web.reading(), access.current_actor(), letter_id):
        abort(404)
    with web.changing() as session:
        services.try_again(session, letter_id, at=clock.now())
    return pages.go_to("desk.show_outbox")


def _reason(letter: DeadLetter) -> str:
    return _REASONS.get(letter.last_error.partition(":")[0], "broken")
