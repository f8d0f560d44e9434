"""One ticket, for agents, and the files that came with it."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import web
from portal.desk.views.blueprint import blueprint
from portal.desk.views.showing import show_page
from portal.files import delivery
from portal.files.queries import stored_file
from portal.tickets import queries
from portal.ui import access, keeping

_LARGEST = 10**9


@blueprint.get("/tickets/<reference>")
@keeping.while_unchanged
@access.agent
def show_ticket(reference: str) -> ResponseReturnValue:
    """Show a ticket with its conversation, its snapshot and what can be done."""
    before = request.args.get("before", type=int)
    return show_page(reference, before=before if before is not None and 0 < before < _LARGEST else None)


@blueprint.get("/tickets/<reference>/files/<uuid:file_id>")
@access.agent
def show_file(reference: str, file_id: UUID) -> ResponseReturnValue:
    """Send a file of a ticket to an agent who sees the ticket."""
    session = web.reading()
    on_ticket = queries.file_on_ticket(session, reference, file_id, access.current_actor())
    file = stored_file(session, on_ticket) if on_ticket else None
    if file is None:
        abort(404)
    return delivery.send(file)
