"""The blueprint that the pages of plans and emergencies share, and finding what they are about."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, abort, request

from portal.core import clock, idempotency, web
from portal.core.actor import Actor
from portal.files.checks import MEGABYTE
from portal.plans import queries
from portal.plans.models import Emergency
from portal.plans.queries import EmergencyPage, PlanPage
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

blueprint = Blueprint("plans", __name__)
Change = Callable[["Session", Emergency, Actor, datetime], object]
"""What to do with an emergency that is held to be changed."""


@blueprint.url_value_preprocessor
def allow_long_posts(_endpoint: str | None, _values: object) -> None:
    """Read long pastes, so that they get an answer; before the token is checked, which reads the form."""
    request.max_content_length = request.max_form_memory_size = 16 * MEGABYTE


def find_plan(plan_id: UUID) -> PlanPage:
    """Return a plan with everything in it, or answer that there is none."""
    return queries.plan_page(web.reading(), current_actor(), plan_id) or abort(404)


def find_emergency(emergency_id: UUID) -> EmergencyPage:
    """Return an emergency with everything about it, or answer that there is none."""
    return queries.emergency_page(web.reading(), current_actor(), emergency_id) or abort(404)


def change_once(emergency_id: UUID, form: OnceForm, change: Change) -> None:
    """Change an emergency in one transaction, once for each form; raises what the rules refuse."""
    actor, at = current_actor(), clock.now()
    key, purpose = once_key(form), str(request.endpoint)[:40]
    with web.changing() as session:
        emergency = queries.emergency_to_change(session, actor, emergency_id) or abort(404)
        if idempotency.earlier_result(session, key, purpose=purpose, person_id=actor.person_id) is None:
            change(session, emergency, actor, at)
            result = {"emergency": str(emergency_id)}
            idempotency.remember(session, key, purpose=purpose, person_id=actor.person_id, result=result, at=at)


def once_key(form: OnceForm) -> str:
    """Return the key of a form; a post without one can't be told from another, so each counts."""
    return (form.once.data or "")[:64] or secrets.token_hex(16)
