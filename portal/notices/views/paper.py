"""A notice on paper, looked at before it is printed: in chosen languages, page by page."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.core.i18n import LOCALES
from portal.files.delivery import send
from portal.files.queries import stored_file
from portal.notices.documents.preview import PREVIEW_JOB
from portal.notices.documents.sheets import Arrangement, Edition
from portal.notices.forms.options import pairs
from portal.notices.forms.paper import EditionForm
from portal.notices.queries import Workbench
from portal.notices.queries.copies import latest_batches
from portal.notices.queries.paper import PaperPreview, paper_preview, preview_key
from portal.notices.views.desk import bench_of
from portal.notices.views.pieces import blueprint
from portal.outbox.queries import JobState
from portal.outbox.services import add_job
from portal.ui import access, htmx, languages, pages


@blueprint.get("/desk/notices/<code>/paper")
@access.agent
def show_paper_on_desk(code: str) -> ResponseReturnValue:
    """Show the pages of a notice as they would be printed; to a page that waits for them, only once there is news."""
    bench = bench_of(code)
    edition = _asked_for(bench)
    preview = paper_preview(web.reading(), preview_key(bench, edition.key))
    if htmx.is_asking():
        waits = preview.state is JobState.PENDING
        return ("", 204) if waits else pages.page("notices/desk/_pages.html", **_values(bench, edition, preview))
    form = EditionForm(formdata=None, languages=[*edition.locales], arrangement=edition.arrangement.value)
    return _page(bench, form, edition, preview)


@blueprint.post("/desk/notices/<code>/paper")
@access.agent
def draw_paper(code: str) -> ResponseReturnValue:
    """Have the pages drawn in the languages that were chosen, unless they are there already."""
    bench, form = bench_of(code), EditionForm()
    if not form.validate_on_submit():
        edition = _asked_for(bench)
        return _page(bench, form, edition, PaperPreview(None)), 422
    edition = _edition(bench, form.languages.data or [], form.arrangement.data)
    _have_drawn(bench, edition)
    return pages.go_to(
        "notices.show_paper_on_desk",
        code=code,
        languages=list(edition.locales),
        arrangement=edition.arrangement.value,
    )


@blueprint.get("/desk/notices/<code>/paper/<int:number>")
@access.agent
def show_paper_page(code: str, number: int) -> ResponseReturnValue:
    """Send the picture of one page, or, as number 0, the whole PDF."""
    bench = bench_of(code)
    preview = paper_preview(web.reading(), preview_key(bench, _asked_for(bench).key))
    ids: list[UUID | None] = [preview.file_id, *preview.page_ids]
    file_id = ids[number] if number < len(ids) else None
    file = stored_file(web.reading(), file_id) if file_id else None
    return send(file) if file else abort(404)


def _have_drawn(bench: Workbench, edition: Edition) -> None:
    parameters = {
        "id": str(bench.revision.id),
        "locales": ",".join(edition.locales),
        "arrangement": edition.arrangement.value,
        "time_zone": languages.settings().time_zone,
    }
    with web.changing() as session:
        add_job(session, PREVIEW_JOB, parameters, dedupe_key=preview_key(bench, edition.key), at=clock.now())


def _asked_for(bench: Workbench) -> Edition:
    return _edition(bench, request.args.getlist("languages"), request.args.get("arrangement", ""))


def _edition(bench: Workbench, wanted: list[str], arrangement: str) -> Edition:
    """Return the edition in the languages that are wanted and written, else in the language of the source."""
    locales = tuple(dict.fromkeys(each for each in LOCALES if each in wanted and each in bench.texts))
    known = [each.value for each in Arrangement]
    usual = (bench.notice.source_language,)
    return Edition(locales or usual, Arrangement(arrangement if arrangement in known else "beside"))


def _page(bench: Workbench, form: EditionForm, edition: Edition, preview: PaperPreview) -> str:
    written = [(each, name) for each, name in LOCALES.items() if each in bench.texts]
    return pages.page(
        "notices/desk/paper.html",
        form=form,
        written=written,
        arrangements=pairs(form.arrangement),
        batches=latest_batches(web.reading(), bench.notice.id),
        **_values(bench, edition, preview),
    )


def _values(bench: Workbench, edition: Edition, preview: PaperPreview) -> dict[str, object]:
    return {"bench": bench, "edition": edition, "preview": preview}
