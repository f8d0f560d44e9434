"""Writing articles."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.catalogue import queries as catalogue
from portal.core import clock, idempotency, web
from portal.core.i18n import LOCALES
from portal.knowledge import queries, services
from portal.knowledge.forms import AboutForm, TextForm
from portal.knowledge.views.blueprint import blueprint
from portal.knowledge.views.desk import find, held
from portal.ui import access, languages, pages


@blueprint.get("/desk/knowledge/new")
@access.agent
def write_new() -> ResponseReturnValue:
    """Ask what a new article is about."""
    return _new_page(AboutForm(formdata=None))


@blueprint.post("/desk/knowledge")
@access.agent
def start() -> ResponseReturnValue:
    """Begin an article; sent twice, it is begun once."""
    form, by = AboutForm(), access.current_actor()
    _offer(form)
    if not form.validate():
        return _new_page(form), 422
    key, purpose, at = form.once.data or "", "start-article", clock.now()
    with web.changing() as session:
        earlier = idempotency.earlier_result(session, key, purpose=purpose, person_id=by.person_id)
        article_id = earlier["id"] if earlier else str(services.start(session, form.value(), by=by, at=at).id)
        if earlier is None:
            done = {"id": article_id}
            idempotency.remember(session, key, purpose=purpose, person_id=by.person_id, result=done, at=at)
    return pages.go_to(".write_text", article_id=article_id, language=languages.current_locale())


@blueprint.get("/desk/knowledge/<uuid:article_id>/text/<language>")
@access.agent
def write_text(article_id: UUID, language: str) -> ResponseReturnValue:
    """Write an article in one language."""
    form = TextForm(formdata=None)
    shown = queries.shown(web.reading(), access.current_actor(), article_id, is_draft=True) or abort(404)
    if language not in LOCALES:
        abort(404)
    form.show(shown.texts.get(language))
    return pages.page("knowledge/text.html", article=shown.article, texts=shown.texts, form=form, language=language)


@blueprint.post("/desk/knowledge/<uuid:article_id>/text/<language>")
@access.agent
def save_text(article_id: UUID, language: str) -> ResponseReturnValue:
    """Keep what was written."""
    form, by = TextForm(), access.current_actor()
    shown = queries.shown(web.reading(), by, article_id, is_draft=True) or abort(404)
    if language not in LOCALES:
        abort(404)
    if not form.validate() or not form.check_steps():
        page = pages.page("knowledge/text.html", article=shown.article, texts=shown.texts, form=form, language=language)
        return page, 422
    find(web.reading(), article_id)
    with web.changing() as session:
        services.write(session, held(session, article_id), language, form.written(), by=by, at=clock.now())
    pages.say(_("It is kept. A colleague reads and publishes it."))
    return pages.go_to(".show_on_desk", article_id=article_id)


def _new_page(form: AboutForm) -> str:
    _offer(form)
    return pages.page("knowledge/new.html", form=form)


def _offer(form: AboutForm) -> None:
    """Offer what the agent may write about: products, their modules, and the fault types of these."""
    actor, locale, session = access.current_actor(), languages.current_locale(), web.reading()
    entries = [
        each for each in catalogue.every_part(session) if actor.products is None or each.product in actor.products
    ]
    form.about.choices = [(each.code, each.name(locale)) for each in entries]
