"""Writing a notice's facts: what it is, which versions, for whom and until when."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from portal.catalogue.queries import Entry, entries
from portal.core import clock, idempotency, web
from portal.notices import queries, services
from portal.notices.forms import FactsForm, facts_of, fill_facts
from portal.notices.forms.options import options
from portal.notices.forms.rows import rearrange
from portal.notices.forms.sentences import not_in_our_list
from portal.notices.models import AudienceKind, product_ranges
from portal.notices.permissions import Action
from portal.notices.queries import Workbench
from portal.notices.queries.concern import is_understood
from portal.notices.services.writing import intended
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
    if rearrange(form.products, request.form) or _asks_for_reach() or not form.validate_on_submit():
        return _facts_page(form, catalogue), 422 if form.errors else 200
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
    bench, form, known = bench_of(code), FactsForm(), entries(web.reading())
    strange = _strange(bench, known)
    catalogue = [*known, *strange]
    if request.method == "GET":
        fill_facts(form, bench, _names(bench))
    _prepare(form, catalogue)
    form.catalogue |= {each.code: not_in_our_list(each.name(languages.current_locale())) for each in strange}
    if rearrange(form.products, request.form) or _asks_for_reach() or not form.validate_on_submit():
        return _facts_page(form, catalogue, bench), 422 if form.errors else 200
    facts, actor = facts_of(form, catalogue), access.current_actor()
    return carry_out(code, Action.EDIT, lambda session, notice: services.change_facts(session, notice, facts, by=actor))


def _prepare(form: FactsForm, catalogue: Sequence[Entry]) -> None:
    """Give the form its choices of products, and tell it which of the organisations it names there are."""
    locale = languages.current_locale()
    form.catalogue = {each.code: each.name(locale) for each in catalogue}
    names = form.named()
    form.known_organisations = queries.organisations_named(web.reading(), names) if names else {}


def _strange(bench: Workbench, known: Sequence[Entry]) -> list[Entry]:
    """Return the products of a notice that we don't have: one that came in from a file isn't lost by saving."""
    rows = product_ranges(bench.revision.products)
    named = [Entry(each.product, each.module, each.names, each.module_names) for each in rows]
    codes = {each.code for each in known}
    return [*{each.code: each for each in named if each.code not in codes}.values()]


def _asks_for_reach() -> bool:
    """Whether the form only asks whom the notice would reach."""
    return "reach" in request.form


def _names(bench: Workbench) -> dict[AudienceKind, list[str]]:
    """Return the names of the organisations that an audience takes in or leaves out."""
    audience = bench.revision.audience
    kinds = (AudienceKind.ORGANISATION, AudienceKind.EXCEPT)
    return {kind: queries.names_of_organisations(web.reading(), audience[kind]) for kind in kinds if audience.get(kind)}


def _facts_page(form: FactsForm, catalogue: Sequence[Entry], bench: Workbench | None = None) -> str:
    choices = options({"": "–", **form.catalogue})
    for row in form.products:
        row.form.code.choices = choices
    reach = None
    if _asks_for_reach() and form.validate_on_submit():
        session = web.reading()
        reach = queries.reach(session, queries.organisations_reached(session, intended(facts_of(form, catalogue))))
    ranges = [row.form.range.data or "" for row in form.products]
    understood = [(queries.range_shape(each), is_understood(each)) if each else None for each in ranges]
    return pages.page("notices/desk/facts.html", form=form, bench=bench, reach=reach, understood=understood)
