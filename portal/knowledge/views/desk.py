"""Articles on the desk: what is being written, what is to be looked over, publishing and recalling."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import clock, web
from portal.core.errors import DomainError
from portal.knowledge import permissions, queries, services
from portal.knowledge.forms import RecallForm, ReviewForm
from portal.knowledge.models import Article
from portal.knowledge.views.blueprint import blueprint
from portal.knowledge.views.reading import asked_after, listed, today
from portal.ui import access, languages, pages

SHELVES = ("drafts", "due", "published", "recalled")


@blueprint.get("/desk/knowledge")
@access.agent
def index_on_desk() -> ResponseReturnValue:
    """List the articles of a shelf."""
    shelf = request.args.get("shelf", "")
    shelf = shelf if shelf in SHELVES else "drafts"
    found = queries.in_state(web.reading(), access.current_actor(), shelf, today=today(), after=asked_after())
    after = request.args.get("after", "")
    return pages.page("knowledge/desk.html", **listed(found), shelf=shelf, shelves=SHELVES, after=after)


@blueprint.get("/desk/knowledge/<uuid:article_id>")
@access.agent
def show_on_desk(article_id: UUID) -> ResponseReturnValue:
    """Show an article as it would be published, and what can be done with it."""
    return _desk_page(article_id, ReviewForm(formdata=None), RecallForm(formdata=None))


@blueprint.post("/desk/knowledge/<uuid:article_id>/publish")
@access.agent
def publish(article_id: UUID) -> ResponseReturnValue:
    """Publish what somebody else has written, or say that what is published is still true."""
    form, actor = ReviewForm(), access.current_actor()
    find(web.reading(), article_id)
    if not form.validate() or not form.check(today()):
        return _desk_page(article_id, form, RecallForm(formdata=None)), 422
    try:
        with web.changing() as session:
            article = held(session, article_id)
            act = services.look_over if article.draft is None else services.publish
            act(session, article, review_on=form.review_on.data, by=actor, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _desk_page(article_id, form, RecallForm(formdata=None)), 422
    pages.say(_("It is published. Customers can read it now."))
    return pages.go_to(".show_on_desk", article_id=article_id)


@blueprint.post("/desk/knowledge/<uuid:article_id>/recall")
@access.agent
def recall(article_id: UUID) -> ResponseReturnValue:
    """Take a wrong article back."""
    form, actor = RecallForm(), access.current_actor()
    find(web.reading(), article_id)
    if not form.validate():
        return _desk_page(article_id, ReviewForm(formdata=None), form), 422
    try:
        with web.changing() as session:
            services.recall(session, held(session, article_id), reason=form.reason.data, by=actor, at=clock.now())
    except DomainError:
        pages.say(_("It is not published, so there is nothing to take back."), "stop")
        return pages.go_to(".show_on_desk", article_id=article_id)
    pages.say(_("It is taken back. Whoever opens it reads why."))
    return pages.go_to(".show_on_desk", article_id=article_id)


def find(session: Session, article_id: UUID) -> Article:
    """Return an article that the agent may work on, or answer that there is none."""
    return queries.find_article(session, access.current_actor(), article_id) or abort(404)


def held(session: Session, article_id: UUID) -> Article:
    """Return an article to change, held until the transaction ends."""
    article = find(session, article_id)
    session.refresh(article, with_for_update=True)
    return article


def _desk_page(article_id: UUID, form: ReviewForm, recalling: RecallForm) -> str:
    session, actor = web.reading(), access.current_actor()
    shown = queries.shown(session, actor, article_id, is_draft=True) or abort(404)
    return pages.page(
        "knowledge/article.html",
        shown=shown,
        article=shown.article,
        text=shown.text(languages.current_locale()),
        form=form,
        recalling=recalling,
        may_publish=permissions.may_publish(shown.article, actor),
        is_stale=shown.is_stale(today()),
    )
