"""What somebody typed when their sign-in had run out: parked, and put back once they have signed in."""

from datetime import timedelta
from uuid import UUID

from flask import request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from portal.core import clock, limits, web
from portal.interviews import queries, services
from portal.interviews.forms import posted_form
from portal.interviews.views.finding import blueprint
from portal.interviews.views.showing import Refused
from portal.questionnaires.queries import parsed
from portal.ui import errors, languages
from portal.ui.forms import clean

_MOST_AN_HOUR = 60
_LANE = "emergency"


@blueprint.app_errorhandler(CSRFError)
def meet_old_form(_: CSRFError) -> Response:
    """Show a page again that had been open for too long, with everything that was typed."""
    path = park_post()
    return redirect(path, 303) if path else errors.error_page(422)


def park_post() -> str:
    """Keep what was just posted to an interview, masked, and return the path that shows it again."""
    interview_id = (request.view_args or {}).get("interview_id")
    page_id = _page_posted()
    if not isinstance(interview_id, UUID) or not page_id or not _is_within_limit():
        return ""
    version_id = queries.version_of(web.reading(), interview_id)
    # Whoever is signed out is answered alike whether or not there is such an interview.
    token = _park(interview_id, page_id, version_id) if version_id else services.new_token()
    if page_id == _LANE:
        return url_for("interviews.show_emergency", interview_id=interview_id, parked=token)
    return url_for("interviews.show_page", interview_id=interview_id, page_id=page_id, parked=token)


def _park(interview_id: UUID, page_id: str, version_id: UUID) -> str:
    questionnaire = parsed(web.reading(), version_id)
    typed = posted_form(request.form).masked(questionnaire.questions.values())
    key, at = languages.settings().secret_key, clock.now()
    with web.changing() as session:
        return services.park(session, typed, interview_id=interview_id, page=page_id, secret_key=key, at=at)


def put_back(interview_id: UUID, page_id: str = _LANE) -> Refused | None:
    """Return what was parked on a page, where the address names it."""
    token = request.args.get("parked", "")[:64]
    if not token:
        return None
    key, at = languages.settings().secret_key, clock.now()
    typed = services.open_parked(web.reading(), token, interview_id=interview_id, page=page_id, secret_key=key, at=at)
    return Refused(typed, is_parked=True) if typed is not None else None


def _page_posted() -> str:
    if request.endpoint == "interviews.save_page":
        return clean(str((request.view_args or {}).get("page_id", "")))[:64]
    return _LANE if request.endpoint == "interviews.send_emergency" else ""


def _is_within_limit() -> bool:
    with web.changing() as session:
        key = f"park:{limits.network_of(request.remote_addr)}"
        return limits.hit(session, key, clock.now(), timedelta(hours=1), _MOST_AN_HOUR)
