"""The pages of the board."""

from collections.abc import Mapping
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from portal.board import services
from portal.board.views import reporting, showing
from portal.board.views.blueprint import blueprint
from portal.core import clock
from portal.core.db import Database
from portal.outbox.plain import Plain
from portal.outbox.registry import MoreIsDue, register_clock_pass, register_job
from portal.ui import languages

__all__ = ["blueprint", "reporting", "showing"]


def init_app(app: Flask) -> None:
    """Let the worker count."""
    register_clock_pass(app, _count)
    register_job(app, services.WORDS_JOB, count_words)
    for each in (services.ask_for_words, _count_deflected, _report):
        register_clock_pass(app, each)


def count_words(database: Database, _parameters: Mapping[str, Plain]) -> dict[str, Plain]:
    """Take the texts apart while others write, and then write what has changed."""
    with database.read() as session:
        found = services.find_words(session, zone=languages.portal_zone(), at=clock.now())
    changed = 0
    for part in found.in_parts() if found else ():
        with database.write() as session:
            changed += len(part.gone) + len(part.new) if services.keep_words(session, part) else 0
    return {"changed": changed}


def _count_deflected(session: Session, *, at: datetime) -> None:
    services.count_deflected(session, zone=languages.portal_zone(), at=at)


def _report(session: Session, *, at: datetime) -> object:
    return MoreIsDue.AT_ONCE if services.make_due_reports(session, zone=languages.portal_zone(), at=at) else None


def _count(session: Session, *, at: datetime) -> object:  # noqa: ARG001 (ids say when, whatever the clock shows)
    return MoreIsDue.AT_ONCE if services.count_changes(session, zone=languages.portal_zone()) else None
