"""The pages of the board."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from portal.board import services
from portal.board.views import reporting, showing
from portal.board.views.blueprint import blueprint
from portal.outbox.registry import MoreIsDue, register_clock_pass
from portal.ui import languages

__all__ = ["blueprint", "reporting", "showing"]


def init_app(app: Flask) -> None:
    """Let the worker count."""
    register_clock_pass(app, _count)
    for each in (_count_words, _count_deflected, _report):
        register_clock_pass(app, each)


def _count_words(session: Session, *, at: datetime) -> object:
    return MoreIsDue.AT_ONCE if services.count_words(session, zone=languages.portal_zone(), at=at) else None


def _count_deflected(session: Session, *, at: datetime) -> None:
    services.count_deflected(session, zone=languages.portal_zone(), at=at)


def _report(session: Session, *, at: datetime) -> object:
    return MoreIsDue.AT_ONCE if services.make_due_reports(session, zone=languages.portal_zone(), at=at) else None


def _count(session: Session, *, at: datetime) -> object:  # noqa: ARG001 (ids say when, whatever the clock shows)
    return MoreIsDue.AT_ONCE if services.count_changes(session, zone=languages.portal_zone()) else None
