"""Answering by the code on a printed sheet, without signing in: looking changes nothing, only sending does."""

from datetime import timedelta

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import clock, idempotency, limits, web
from portal.notices import queries
from portal.notices.forms.options import pairs
from portal.notices.forms.receiving import CopyAnswerForm, thanks_by_sheet, too_often
from portal.notices.models import Channel, ReceiptKind
from portal.notices.queries.calling import Copy, copy_of, latest_of
from portal.notices.services.copies import code_as_printed, code_on_paper
from portal.notices.services.receipts import Brought, take_answer
from portal.notices.views.pieces import blueprint
from portal.ui import access, languages, pages

_PURPOSE = "copy-answer"
_ANSWERS_AN_HOUR = 60
"""From one place: a hospital's people share an address, and whoever guesses codes needs far more."""


@blueprint.get("/copies/<copy_code>")
@access.public
def show_copy(copy_code: str) -> ResponseReturnValue:
    """Show what the printed sheet asks, and how to answer it."""
    return _page(_found(copy_code), CopyAnswerForm())


@blueprint.post("/copies/<copy_code>")
@access.public
def answer_copy(copy_code: str) -> ResponseReturnValue:
    """Keep what somebody answers who holds the sheet in their hands."""
    copy, form = _found(copy_code), CopyAnswerForm()
    if not form.validate_on_submit():
        return _page(copy, form), 422
    if not _is_within_limit():
        form.answer.errors = [too_often()]
        return _page(copy, form), 429
    is_outdated = _keep_once(copy, form) < copy.asks_anew_since
    pages.say(thanks_by_sheet(form.answer.data, is_outdated=is_outdated), "stop" if is_outdated else "good")
    return pages.go_to("notices.show_copy", copy_code=code_on_paper(copy.code, copy.printed))


def _found(code: str) -> Copy:
    printed = code_as_printed(code)
    return copy_of(web.reading(), printed.code, printed.revision) or abort(404)


def _keep_once(copy: Copy, form: CopyAnswerForm) -> int:
    """Keep the answer, and return the revision that it is to."""
    actor, at, kind = access.current_actor(), clock.now(), ReceiptKind(form.answer.data)
    is_colleague = actor.is_customer and actor.organisation_id == copy.organisation_id
    brought = Brought(
        notice_id=copy.notice_id,
        organisation_id=copy.organisation_id,
        kind=kind,
        channel=Channel.QR,
        contact_id=actor.contact_id if is_colleague else None,
        name=form.name.data,
        phone=form.phone.data or "",
        read=form.read(copy.printed),
    )
    with web.changing() as session:
        key = f"{copy.code}:{form.once.data}"
        if idempotency.earlier_result(session, key, purpose=_PURPOSE, person_id=None) is None:
            take_answer(session, brought, by=actor, at=at)
            result = {"kind": kind.value}
            idempotency.remember(session, key, purpose=_PURPOSE, person_id=None, result=result, at=at)
    return brought.read


def _is_within_limit() -> bool:
    """Whether this place hasn't answered too often; whoever is signed in is known, and is not counted."""
    if access.current_actor().is_signed_in:
        return True
    with web.changing() as session:
        key = f"copy:{limits.network_of(request.remote_addr)}"
        return limits.hit(session, key, clock.now(), timedelta(hours=1), _ANSWERS_AN_HOUR)


def _page(copy: Copy, form: CopyAnswerForm) -> str:
    session = web.reading()
    notice = queries.reader_notices(session, [copy.notice_id], languages.current_locale())[0]
    latest = latest_of(session, notice.id, since=notice.material_number).get(copy.organisation_id)
    is_answered = latest is not None and latest.kind is not ReceiptKind.OPENED
    return pages.page(
        "notices/copy.html",
        copy=copy,
        on_paper=code_on_paper(copy.code, copy.printed),
        notice=notice,
        latest=latest if is_answered else None,
        form=form,
        options=pairs(form.answer),
        may_read=queries.reader_notice(session, access.current_actor(), notice.code, locale=languages.current_locale())
        is not None,
    )
