"""The queue: emergencies on top, then everything by when the next thing is due."""

from collections.abc import Sequence

from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.core.i18n import in_language
from portal.desk import queries
from portal.desk.forms import FilterForm, ManyForm
from portal.desk.views.blueprint import blueprint
from portal.desk.views.queue.asking import asked_for, written
from portal.desk.views.queue.lines import line_of
from portal.tickets.queries import Listed
from portal.ui import access, keeping, languages, pages


@blueprint.get("", strict_slashes=False)
@keeping.while_unchanged
@access.agent
def show_queue() -> ResponseReturnValue:
    """Show what is due next in a lane."""
    return queue_page()


def queue_page(form: FilterForm | None = None) -> str:
    """Return the queue as its address asks for it; a view that could not be kept stands in its form."""
    asked, actor, at = asked_for(), access.current_actor(), clock.now()
    session = web.reading()
    head, found = queries.look_at_queue(session, actor, asked.view, at=at)
    urgent = {each.ticket.id for each in found.emergencies}
    emergencies = [line_of(each, at, found.callers.get(each.ticket.id)) for each in found.emergencies]
    lines = [
        line_of(each, at, found.callers.get(each.ticket.id)) for each in found.rows if each.ticket.id not in urgent
    ]
    return pages.page(
        "desk/queue.html",
        asked=asked,
        lane=asked.lane,
        head=head,
        emergencies=emergencies,
        lines=lines,
        references=[each.listed.ticket.reference for each in (*emergencies, *lines)],
        products=_products(found.rows, asked.product),
        once=ManyForm(formdata=None, prefix="many").once.data,
        form=form or FilterForm(formdata=None, prefix="filter"),
        next=written(found.next),
        now=at,
    )


def _products(rows: Sequence[Listed], asked: str) -> list[tuple[str, str]]:
    """Return the products that a lane can be narrowed down to: those of its tickets, and the one that was asked for."""
    locale = languages.current_locale()
    named = {each.ticket.product_code: in_language(each.ticket.product_names or {}, locale) for each in rows}
    found = {code: name or code for code, name in named.items() if code}
    return sorted({**({asked: asked} if asked else {}), **found}.items(), key=lambda pair: pair[1])
