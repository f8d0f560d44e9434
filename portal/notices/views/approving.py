"""What agents do with a notice once it is written: review, approve, publish, revise, take back."""

from collections.abc import Callable

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.core.errors import DomainError
from portal.core.i18n import LOCALES
from portal.notices import services
from portal.notices.forms import ReasonForm, RevisionForm, SupersedeForm, done, refusal
from portal.notices.permissions import Action
from portal.notices.views.desk import bench_of, desk_page
from portal.notices.views.pieces import blueprint, today
from portal.ui import access, pages

Change = Callable[..., object]
"""Takes the session of the transaction and the notice."""


def carry_out(code: str, action: Action, change: Change) -> ResponseReturnValue:
    """Change a notice in one transaction, and say what is now true or why it can't be done."""
    bench_of(code)
    version = request.form.get("version", type=int)
    try:
        with web.changing() as session:
            change(session, services.loaded(session, code, by=access.current_actor(), version=version))
    except DomainError as error:
        pages.say(refusal(error), "stop")
    else:
        pages.say(done(action))
    return pages.go_to(".show_on_desk", code=code)


@blueprint.post("/desk/notices/<code>/approve")
@access.agent
def approve(code: str) -> ResponseReturnValue:
    """Say, as somebody who didn't write it, that a notice may go out."""
    actor, at, day = access.current_actor(), clock.now(), today()
    return carry_out(
        code, Action.APPROVE, lambda session, notice: services.approve(session, notice, by=actor, at=at, today=day)
    )


@blueprint.post("/desk/notices/<code>/publish")
@access.agent
def publish(code: str) -> ResponseReturnValue:
    """Show an approved notice to its readers."""
    actor, at, day = access.current_actor(), clock.now(), today()
    return carry_out(
        code, Action.PUBLISH, lambda session, notice: services.publish(session, notice, by=actor, at=at, today=day)
    )


@blueprint.post("/desk/notices/<code>/<any(watch, resolve, archive, discard):step>")
@access.agent
def move(code: str, step: str) -> ResponseReturnValue:
    """Say that we keep watch, that it is solved, that it is no longer in force, or that a draft isn’t needed."""
    actor, action = access.current_actor(), Action(step)
    return carry_out(code, action, lambda session, notice: services.move(session, notice, action, by=actor))


@blueprint.post("/desk/notices/<code>/<any('send-back', withdraw):step>")
@access.agent
def give_reason(code: str, step: str) -> ResponseReturnValue:
    """Send a notice back to its author or take it back from its readers, saying why."""
    form, actor = ReasonForm(), access.current_actor()
    if not form.validate_on_submit():
        return desk_page(bench_of(code), reason=form), 422
    reason, at = form.reason.data, clock.now()
    if step == "withdraw":
        return carry_out(
            code,
            Action.WITHDRAW,
            lambda session, notice: services.withdraw(session, notice, reason=reason, by=actor, at=at),
        )
    return carry_out(
        code,
        Action.SEND_BACK,
        lambda session, notice: services.send_back(session, notice, reason=reason, by=actor),
    )


@blueprint.post("/desk/notices/<code>/revise")
@access.agent
def revise(code: str) -> ResponseReturnValue:
    """Begin the next revision."""
    form, actor, at = RevisionForm(), access.current_actor(), clock.now()
    if not form.validate_on_submit():
        return desk_page(bench_of(code), weight=form), 422
    weighs = form.weight.data == "material"
    return carry_out(
        code,
        Action.REVISE,
        lambda session, notice: services.start_revision(session, notice, is_material=weighs, by=actor, at=at),
    )


@blueprint.post("/desk/notices/<code>/supersede")
@access.agent
def supersede(code: str) -> ResponseReturnValue:
    """Lead the readers of a notice to a newer one."""
    form, actor = SupersedeForm(), access.current_actor()
    if not form.validate_on_submit():
        return desk_page(bench_of(code), newer=form), 422
    return carry_out(
        code,
        Action.SUPERSEDE,
        lambda session, notice: services.supersede(session, notice, by_code=form.code.data, by=actor),
    )


@blueprint.post("/desk/notices/<code>/texts/<language>/<any(review, waive, convert):step>")
@access.agent
def settle_text(code: str, language: str, step: str) -> ResponseReturnValue:
    """Mark a translation as read, do without it, or have a machine draft it."""
    if language not in LOCALES:
        abort(404)
    actor = access.current_actor()
    action, change = {
        "review": (Action.REVIEW_TEXT, services.review_text),
        "waive": (Action.WAIVE, services.waive),
        "convert": (Action.EDIT, services.convert_text),
    }[step]
    return carry_out(code, action, lambda session, notice: change(session, notice, language, by=actor))
