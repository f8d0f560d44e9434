"""Writing what a notice says in one language, with what readers would see and stumble over beside it."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import web
from portal.core.i18n import LOCALES
from portal.notices import permissions, queries, services
from portal.notices.forms import TextForm, fill_text, words_of
from portal.notices.forms.rows import rearrange
from portal.notices.forms.wording import found_in, take
from portal.notices.models import Words
from portal.notices.permissions import Action
from portal.notices.queries import Workbench
from portal.notices.views.approving import carry_out
from portal.notices.views.desk import bench_of
from portal.notices.views.pieces import blueprint
from portal.phrasebook.queries import phrasebook
from portal.ui import access, htmx, pages


@blueprint.route("/desk/notices/<code>/texts/<language>", methods=["GET", "POST"])
@access.agent
def write_text(code: str, language: str) -> ResponseReturnValue:
    """Write what a notice says in one language, beside the source where it is a translation."""
    bench, form = _bench_in(code, language), TextForm()
    if request.method == "GET":
        fill_text(form, bench, language)
    if not form.validate_on_submit():
        return _page("notices/desk/text.html", form, bench, language), 422 if form.errors else 200
    draft, actor = words_of(form), access.current_actor()
    return carry_out(
        code, Action.EDIT, lambda session, notice: services.save_text(session, notice, language, draft, by=actor)
    )


@blueprint.post("/desk/notices/<code>/texts/<language>/look")
@access.agent
def look_at_text(code: str, language: str) -> ResponseReturnValue:
    """Show what is being written as readers would see it; its rows are moved here and offered words put in."""
    bench, form = _bench_in(code, language), TextForm()
    rearrange(form.steps, request.form)
    if "take" in request.form:
        take(form, phrasebook(web.reading(), language), request.form["take"])
    if htmx.is_asking():
        return _page("notices/desk/_look.html", form, bench, language)
    return _page("notices/desk/text.html", form, bench, language), 422  # shown again, and nothing is kept yet


def _bench_in(code: str, language: str) -> Workbench:
    return bench_of(code) if language in LOCALES else abort(404)


def _page(template: str, form: TextForm, bench: Workbench, language: str) -> str:
    is_source = language == bench.notice.source_language
    source = None if is_source else bench.texts.get(bench.notice.source_language)
    draft, text = words_of(form), bench.texts.get(language)
    return pages.page(
        template,
        is_asking=htmx.is_asking(),
        form=form,
        bench=bench,
        language=language,
        language_name=LOCALES[language],
        source=source,
        source_words=Words.of(source.document) if source else None,
        is_stale=bool(source and text and permissions.is_stale(bench.manuscript, language)),
        is_converted=bool(text and text.is_converted),
        found=found_in(form, phrasebook(web.reading(), language)),
        notice=queries.previewed(bench, language, draft.title, draft.words),
    )
