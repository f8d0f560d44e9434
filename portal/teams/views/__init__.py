"""The pages of teams, skills and duty, and where the one on duty is shown."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from portal.core import clock, web
from portal.outbox.registry import MoreIsDue, register_clock_pass
from portal.teams import queries, services
from portal.teams.services.giving import AT_ONCE
from portal.teams.views import duty, giving, skills, teams
from portal.teams.views.blueprint import blueprint
from portal.ui import pages
from portal.ui.access import current_actor

__all__ = ["blueprint", "duty", "giving", "init_app", "skills", "teams"]


def init_app(app: Flask) -> None:
    """Name the one on duty to customers, give back what people who left had, and give out new tickets."""
    pages.fill_slot(app, "on-duty", show_on_duty)
    register_clock_pass(app, give_back)
    register_clock_pass(app, give_out)


def give_back(session: Session, *, at: datetime) -> MoreIsDue | None:
    """Give back what people have who left; a pass that was full is followed by the next at once."""
    return MoreIsDue.AT_ONCE if services.give_back_left(session, at=at) >= AT_ONCE else None


def give_out(session: Session, *, at: datetime) -> MoreIsDue | None:
    """Give out new tickets; a pass that was full is followed by the next at once."""
    return MoreIsDue.AT_ONCE if services.give_out_new(session, at=at) >= AT_ONCE else None


def show_on_duty() -> str | None:
    """Name the one on duty to people who are signed in; strangers need no names of ours."""
    if not current_actor().is_signed_in:
        return None
    duty_now = queries.on_duty(web.reading(), at=clock.now())
    return pages.page("teams/_on_duty.html", duty=duty_now) if duty_now else None
