"""A notice printed for each organisation by name: begun, looked at, printed, fetched."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, idempotency, web
from portal.core.i18n import LOCALES
from portal.files.delivery import send
from portal.files.queries import stored_file
from portal.notices import queries
from portal.notices.forms.options import pairs
from portal.notices.forms.paper import BatchForm
from portal.notices.models import IN_FORCE
from portal.notices.queries import Workbench
from portal.notices.queries.copies import BatchPage, batch_page
from portal.notices.queries.reach import Reached
from portal.notices.queries.reading import USABLE
from portal.notices.services import batches
from portal.notices.views.desk import bench_of
from portal.notices.views.pieces import blueprint
from portal.ui import access, htmx, languages, pages
from portal.ui.access import current_actor

_PURPOSE = "print-batch"


@blueprint.get("/desk/notices/<code>/batches/new")
@access.agent
def plan_batch(code: str) -> ResponseReturnValue:
    """Ask in which languages and how many files the copies for all organisations are to be printed."""
    bench = bench_of(code)
    if not _is_printable(bench):
        return _not_yet(code)
    return _plan_page(bench, BatchForm(formdata=None, languages=[bench.notice.source_language]))


@blueprint.post("/desk/notices/<code>/batches/new")
@access.agent
def begin_batch(code: str) -> ResponseReturnValue:
    """Begin the copies: every address is looked at first."""
    bench, form = bench_of(code), BatchForm()
    if not _is_printable(bench):
        return _not_yet(code)
    chosen = [each for each, _name in _written(bench) if each in (form.languages.data or [])]
    if not form.validate_on_submit() or not chosen:
        return _plan_page(bench, form), 422
    wanted = batches.Wanted(chosen, form.shape.data == "each", languages.settings().time_zone)
    batch_id = _begin_once(bench, wanted, form.once.data)
    return pages.go_to("notices.show_batch", code=code, batch_id=batch_id)


def _begin_once(bench: Workbench, wanted: batches.Wanted, once: str) -> UUID:
    actor, at = current_actor(), clock.now()
    reached = [each.organisation_id for each in _reached(bench)]
    with web.changing() as session:
        earlier = idempotency.earlier_result(session, once, purpose=_PURPOSE, person_id=actor.person_id)
        if earlier is not None:
            return UUID(str(earlier["id"]))
        batch = batches.begin_batch(session, bench.revision, wanted, reached, by=actor, at=at)
        result = {"id": str(batch.id)}
        idempotency.remember(session, once, purpose=_PURPOSE, person_id=actor.person_id, result=result, at=at)
        return batch.id


@blueprint.get("/desk/notices/<code>/batches/<uuid:batch_id>")
@access.agent
def show_batch(code: str, batch_id: UUID) -> ResponseReturnValue:
    """Show how far the copies are, and whose address is not right."""
    batch = _found(code, batch_id)
    return pages.page("notices/desk/_batch.html" if htmx.is_asking() else "notices/desk/batch.html", batch=batch)


@blueprint.post("/desk/notices/<code>/batches/<uuid:batch_id>")
@access.agent
def print_batch(code: str, batch_id: UUID) -> ResponseReturnValue:
    """Print the copies, now that somebody has seen what is wrong with addresses."""
    _found(code, batch_id)
    with web.changing() as session:
        batches.start_printing(session, batch_id, time_zone=languages.settings().time_zone, at=clock.now())
    return pages.go_to("notices.show_batch", code=code, batch_id=batch_id)


@blueprint.get("/desk/notices/<code>/batches/<uuid:batch_id>/file")
@access.agent
def fetch_batch(code: str, batch_id: UUID) -> ResponseReturnValue:
    """Send the finished copies."""
    batch = _found(code, batch_id)
    file = stored_file(web.reading(), batch.file_id) if batch.file_id else None
    return send(file) if file else abort(404)


def _found(code: str, batch_id: UUID) -> BatchPage:
    return batch_page(web.reading(), current_actor(), code, batch_id) or abort(404)


def _reached(bench: Workbench) -> list[Reached]:
    """Return to whom copies go, as far as this agent may see them: names and addresses stand on the copies."""
    theirs = current_actor().organisations
    reached = queries.organisations_reached(web.reading(), bench.revision)
    return [each for each in reached if theirs is None or each.organisation_id in theirs]


def _is_printable(bench: Workbench) -> bool:
    """Whether the newest revision is out; copies of anything else would be wrong tomorrow."""
    return bench.revision.published_at is not None and bench.notice.state in IN_FORCE


def _not_yet(code: str) -> ResponseReturnValue:
    pages.say(_("Copies can be printed once the notice is out."), "stop")
    return pages.go_to("notices.show_paper_on_desk", code=code)


def _written(bench: Workbench) -> list[tuple[str, str]]:
    return [
        (each, name) for each, name in LOCALES.items() if each in bench.texts and bench.texts[each].status in USABLE
    ]


def _plan_page(bench: Workbench, form: BatchForm) -> str:
    return pages.page(
        "notices/desk/batch_plan.html",
        bench=bench,
        form=form,
        written=_written(bench),
        shapes=pairs(form.shape),
        reached=_reached(bench),
    )
