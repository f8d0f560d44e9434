"""The blueprint that these pages share, and keeping up with the days that a newer library knows."""

from datetime import datetime

from flask import Blueprint, Flask, abort
from sqlalchemy.orm import Session

from portal.agreements.queries import CalendarVersion, calendar_named
from portal.agreements.services import ship
from portal.core import web
from portal.outbox.registry import register_clock_pass
from portal.ui.forms import clean

blueprint = Blueprint("agreements", __name__)


def init_app(app: Flask) -> None:
    """Let the worker bring days that are announced meanwhile, once the library knows them."""
    register_clock_pass(app, _keep_up)


def _keep_up(session: Session, *, at: datetime) -> object:
    return ship(session, at=at)


def find_calendar(name: str) -> CalendarVersion:
    """Return a calendar as it is now, or answer that there is none."""
    return calendar_named(web.reading(), clean(name)) or abort(404)
