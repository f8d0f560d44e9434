"""Writing a notice: its facts on one page, its words on a page for each language."""

from collections.abc import Sequence

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.catalogue.queries import Entry, entries
from portal.core import clock, idempotency, web
from portal.core.i18n import LOCALES
from portal.notices import queries, services
from portal.notices.forms import FactsForm, TextForm, facts_of, fill_facts, fill_text, words_of
from portal.notices.forms.options import options
from portal.notices.models import AudienceKind, Words
from portal.notices.permissions import Action
from portal.notices.queries import Workbench
from portal.notices.views.approving import carry_out
from portal.notices.views.desk import bench_of
from portal.notices.views.pieces import blueprint
from portal.ui import access, languages, pages

_PURPOSE = "start-notice"


@blueprint.route("/desk/notices/new", methods=["GET", "POST"])
@access.agent
def write_new() -> ResponseReturnValue:
    """Begin a notice with its facts; the words come next."""
    form, catalogue = FactsForm(), entries(web.reading())
    _prepare(form, catalogue)
    if _is_growing() or not form.validate_on_submit():
        return _facts_page(form), 422 if form.errors else 200
    facts, actor, at = facts_of(form, catalogue), access.current_actor(), clock.now()
    key, person_id = form.once.data, actor.person_id
    with web.changing() as session:
        earlier = idempotency.earlier_result(session, key, purpose=_PURPOSE, person_id=person_id)
        code = earlier["code"] if earlier else services.start_notice(session, facts, by=actor, at=at).code
        if not earlier:
            result = {"code": code}
            idempotency.remember(session, key, purpose=_PURPOSE, person_id=person_id, result=result, at=at)
    return pages.go_to(".write_text", code=code, language=facts.source_language)


@blueprint.route("/desk/notices/<code>/facts", methods=["GET", "POST"])
@access.agent
def write_facts(code: str) -> ResponseReturnValue:
    """Change what a draft is, whom it is for and until when."""
    bench, form, catalogue = bench_of(code), FactsForm(), entries(web.reading())
    if request.method == "GET":
        fill_facts(form, bench, _names(bench))
    _prepare(form, catalogue)
    if _is_growing() or not form.validate_on_submit():
        return _facts_page(form, bench), 422 if form.errors else 200
    facts, actor = facts_of(form, catalogue), access.current_actor()
    return carry_out(code, Action.EDIT, lambda session, notice: services.change_facts(session, notice, facts, by=actor))


def _prepare(form: FactsForm, catalogue: Sequence[Entry]) -> None:
    """Give the form its choices of products, and tell it which of the organisations it names there are."""
    if _is_growing():
        for _ in range(3):
            form.products.append_entry()
    locale = languages.current_locale()
    choices = options({"": "–", **{each.code: each.name(locale) for each in catalogue}})
    for row in form.products:
        row.form.code.choices = choices
    names = form.named()
    form.known_organisations = queries.organisations_named(web.reading(), names) if names else {}


def _is_growing() -> bool:
    """Whether the form only asks for more rows."""
    return "more" in request.form


def _names(bench: Workbench) -> dict[AudienceKind, list[str]]:
    """Return the names of the organisations that an audience takes in or leaves out."""
    audience = bench.revision.audience
    kinds = (AudienceKind.ORGANISATION, AudienceKind.EXCEPT)
    return {kind: queries.names_of_organisations(web.reading(), audience[kind]) for kind in kinds if audience.get(kind)}


def _facts_page(form: FactsForm, bench: Workbench | None = None) -> str:
    return pages.page("notices/desk/facts.html", form=form, bench=bench)


@blueprint.route("/desk/notices/<code>/texts/<language>", methods=["GET", "POST"])
@access.agent
def write_text(code: str, language: str) -> ResponseReturnValue:
    """Write what a notice says in one language, beside the source where it is a translation."""
    if language not in LOCALES:
        abort(404)
    bench, form = bench_of(code), TextForm()
    if request.method == "GET":
        fill_text(form, bench, language)
    if _is_growing():
        for _ in range(3):
            form.steps.append_entry()
    if _is_growing() or not form.validate_on_submit():
        return _text_page(form, bench, language), 422 if form.errors else 200
    draft, actor = words_of(form), access.current_actor()
    return carry_out(
        code, Action.EDIT, lambda session, notice: services.save_text(session, notice, language, draft, by=actor)
    )


def _text_page(form: TextForm, bench: Workbench, language: str) -> str:
    is_source = language == bench.notice.source_language
    source = None if is_source else bench.texts.get(bench.notice.source_language)
    return pages.page(
        "notices/desk/text.html",
        form=form,
        bench=bench,
        language=language,
        language_name=LOCALES[language],
        source=source,
        source_words=Words.of(source.document) if source else None,
    )
