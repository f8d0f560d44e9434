"""Views of the queue that an agent keeps under a name; nobody else sees them."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.core.errors import DomainError
from portal.desk import services
from portal.desk.forms import FilterForm
from portal.desk.views.blueprint import blueprint
from portal.desk.views.queue.asking import asked_for
from portal.desk.views.queue.showing import queue_page
from portal.ui import access, pages


@blueprint.post("/filters")
@access.agent
def keep_filter() -> ResponseReturnValue:
    """Keep the view of the queue that is shown, under a name; the same name again is another view of it."""
    form, asked = FilterForm(prefix="filter"), asked_for()
    if not form.validate():
        return queue_page(form), 422
    try:
        with web.changing() as session:
            services.keep_filter(
                session,
                person_id=access.signed_in_person(),
                name=form.name.data,
                asked=asked.written,
                at=clock.now(),
            )
    except DomainError as error:
        form.refuse(error)
        return queue_page(form), 422
    pages.say(form.done())
    return redirect(asked.url(), 303)


@blueprint.post("/filters/<uuid:filter_id>/removal")
@access.agent
def forget_filter(filter_id: UUID) -> ResponseReturnValue:
    """Forget a view of one's own; forgetting it twice is no fault."""
    with web.changing() as session:
        services.forget_filter(session, filter_id, person_id=access.signed_in_person())
    return redirect(url_for("desk.show_queue"), 303)
