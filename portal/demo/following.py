"""What follows the demonstration's notices up: a planned night, a known message, joined tickets, printed copies."""

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.demo.cast import Cast
from portal.incidents.services import link
from portal.notices.models import Notice, NoticeKind, ReportSource
from portal.notices.services import report_affected
from portal.notices.services.copies import codes_of_copies
from portal.notices.services.errors import add_error
from portal.notices.services.windows import Plan, plan_window
from portal.tickets.models import Ticket

_MESSAGE = "YB-3021: 医保结算超时，请求 3f2a-77 未在 60000 ms 内返回"


def tell(session: Session, people: Cast, *, by: Actor, at: datetime) -> None:
    """Follow up every notice of the demonstration."""
    notices = {NoticeKind(each.kind): each for each in session.scalars(select(Notice).order_by(Notice.code.desc()))}
    night = Plan(day=(at + timedelta(days=7)).date(), at=time(20), minutes=120, time_zone="Asia/Shanghai")
    plan_window(session, notices[NoticeKind.MAINTENANCE], night, by=by, at=at)
    _known_issue(session, people, notices[NoticeKind.KNOWN_ISSUE], by=by, at=at)
    hospitals = [people.qinghe.id, people.changsha.id]
    codes_of_copies(session, notices[NoticeKind.ADVISORY].id, hospitals, at=at)
    session.flush()


def _known_issue(session: Session, people: Cast, notice: Notice, *, by: Actor, at: datetime) -> None:
    """Let interviews recognise it by its message, and join the report that there is already."""
    add_error(session, notice, _MESSAGE, by=by, at=at)
    for who, name in ((people.it_head, "唐秀英"), (people.neighbour, "周海涛")):
        report_affected(session, notice.id, source=ReportSource.PAGE, by=people.actor(who, name), at=at)
    reported = session.scalars(select(Ticket.id).where(Ticket.product_code == "insurance")).all()
    link(session, notice.id, reported, by=by, at=at)
