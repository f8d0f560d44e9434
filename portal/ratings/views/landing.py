"""Saying how it went without signing in, by the signed link of a mail: it opens one ticket's question and no more."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from portal.core import clock, web
from portal.ratings import queries
from portal.ratings.forms import RatingForm
from portal.ratings.models import RatingKind, RatingSource
from portal.ratings.permissions import SCORES, Subject
from portal.ratings.views.rating import blueprint, keep_answer
from portal.ui import access, languages, pages

_LASTS_SECONDS = 90 * 24 * 60 * 60


def link_for(ticket_id: UUID, person_id: UUID) -> str:
    """Return the address at which one person rates one ticket without signing in."""
    token = _signer().dumps([ticket_id.hex, person_id.hex])
    return f"{languages.settings().public_url.rstrip('/')}/rate/{token}"


@blueprint.get("/rate/<signed>")
@access.public
def show_landing(signed: str) -> ResponseReturnValue:
    """Show the question that is open; looking changes nothing, so mail scanners may follow the link."""
    return _landing(_subject(signed), signed)


@blueprint.post("/rate/<signed>")
@access.public
def rate_from_mail(signed: str) -> ResponseReturnValue:
    """Keep the answer, then say thank you; sent again it changes nothing."""
    subject, form = _subject(signed), RatingForm()
    problem = keep_answer(subject.ticket_id, subject.person_id, form, RatingSource.MAIL)
    if problem:
        return _landing(subject, signed, form=form, problem=problem), 422
    return pages.go_to("ratings.show_landing", signed=signed)


def _landing(subject: Subject, signed: str, *, form: RatingForm | None = None, problem: str = "") -> str:
    return pages.page(
        "ratings/landing.html",
        subject=subject,
        signed=signed,
        asked=subject.next_kind(at=clock.now()),
        form=form or RatingForm(formdata=None),
        chosen=_chosen(subject.main_kind),
        problem=problem,
    )


def _chosen(kind: RatingKind | None) -> int | None:
    """Return the answer that was pressed in the mail; it is sent by a button of the page."""
    score = request.args.get("score", type=int)
    return score if kind is not None and score in SCORES[kind] else None


def _subject(signed: str) -> Subject:
    try:
        ticket_id, person_id = _signer().loads(signed, max_age=_LASTS_SECONDS)
    except BadSignature:
        abort(404)
    return queries.rating_subject(web.reading(), UUID(ticket_id), UUID(person_id)) or abort(404)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(languages.settings().secret_key, salt="rating")
