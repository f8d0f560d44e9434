"""The pages of setting the portal up."""

from collections.abc import Mapping
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from portal.administration.services import LIST_JOB, go_on
from portal.administration.views import auditing, lists, registers
from portal.administration.views.blueprint import blueprint
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import Database
from portal.files.delivery import storage
from portal.outbox.plain import Plain
from portal.outbox.registry import MoreIsDue, register_clock_pass, register_job
from portal.ui import pages
from portal.ui.access import current_actor

__all__ = ["auditing", "blueprint", "lists", "registers"]


def init_app(app: Flask) -> None:
    """Lead there from the organisations, and let the worker go on with lists."""
    register_clock_pass(app, _go_on)
    register_job(app, LIST_JOB, _work_through)
    pages.fill_slot(app, "above-organisations", show_link)


def show_link() -> str | None:
    """Lead admins to the administration."""
    actor: Actor = current_actor()
    return pages.page("administration/_link.html") if actor.is_admin else None


def _go_on(session: Session, *, at: datetime) -> object:
    return MoreIsDue.AT_ONCE if go_on(session, storage=storage, at=at) else None


def _work_through(database: Database, _: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Work on lists until nothing is due, each piece in a transaction of its own."""
    is_more = True
    while is_more:
        with database.write() as session:
            is_more = go_on(session, storage=storage, at=clock.now())
    return {}
