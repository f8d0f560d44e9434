"""Answering a notice: ticking off its checklist, and sending a receipt."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, idempotency, web
from portal.notices import queries, services
from portal.notices.forms import AnswerForm
from portal.notices.models import ReceiptKind
from portal.notices.views.pieces import blueprint, readable
from portal.notices.views.reading import show_page
from portal.ui import access, htmx, pages


@blueprint.post("/notices/<code>/ticks")
@access.customer
def tick(code: str) -> ResponseReturnValue:
    """Keep the ticks of the form; what a colleague ticked since the page was opened stays."""
    actor, notice = access.current_actor(), readable(code)
    now, before = set(request.form.getlist("done")), set(request.form.get("before", "").split())
    with web.changing() as session:
        services.set_ticks(session, notice, add=now - before, remove=before - now, by=actor, at=clock.now())
    if not htmx.is_asking():
        return pages.go_to(".show", code=code, _anchor="checklist")
    assert actor.organisation_id is not None  # noqa: S101 (only customers come through this door)
    answers = queries.own_answers(web.reading(), notice.id, actor.organisation_id)
    return pages.page("notices/_checklist.html", notice=notice, answers=answers)


@blueprint.post("/notices/<code>/answer")
@access.customer
def answer(code: str) -> ResponseReturnValue:
    """Keep what the organisation answers, once, and thank for it."""
    actor, notice, form = access.current_actor(), readable(code), AnswerForm()
    if not form.validate_on_submit():
        return show_page(notice, form), 422
    with web.changing() as session:
        seen = {"purpose": "notice-answer", "person_id": actor.person_id}
        if idempotency.earlier_result(session, form.once.data, **seen) is None:
            kind = ReceiptKind(form.answer.data)
            receipt = services.answer(session, notice, kind, by=actor, at=clock.now())
            idempotency.remember(session, form.once.data, **seen, result={"kind": receipt.kind}, at=clock.now())
    pages.say(_("Thank you. Your answer has arrived."))
    return pages.go_to(".show", code=code, _anchor="answer")
