"""Answering a notice: ticking off its checklist, and sending a receipt."""

from flask import request
from flask.typing import ResponseReturnValue

from portal.core import clock, idempotency, web
from portal.notices import queries, services
from portal.notices.forms import AnswerForm, changed_since_read, thanks
from portal.notices.models import ReceiptKind
from portal.notices.views.pieces import blueprint, readable
from portal.notices.views.reading import show_page
from portal.ui import access, htmx, pages

_PURPOSE = "notice-answer"


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
    key, person_id, at, read = form.once.data, actor.person_id, clock.now(), form.read(notice.number)
    with web.changing() as session:
        if idempotency.earlier_result(session, key, purpose=_PURPOSE, person_id=person_id) is None:
            kind = ReceiptKind(form.answer.data)
            services.answer(session, notice, kind, by=actor, at=at, read=read)
            idempotency.remember(
                session, key, purpose=_PURPOSE, person_id=person_id, result={"kind": kind.value}, at=at
            )
    has_changed = read < notice.material_number
    pages.say(changed_since_read() if has_changed else thanks(), "stop" if has_changed else "good")
    return pages.go_to(".show", code=code, _anchor="answer-title")
