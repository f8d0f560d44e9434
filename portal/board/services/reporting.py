"""Reports of a month: the figures of a product or an organisation, kept as they were; made by the clock, too."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.board import messages
from portal.board.models import BoardFigure, MonthlyReport, MonthlyReportReader
from portal.board.queries.figures import Scope, organisation_of, sums
from portal.board.queries.reports import is_about, is_reader, is_theirs, readers
from portal.board.services.counting import is_all_counted
from portal.board.services.pacing import last_done, note_done
from portal.core.actor import SYSTEM, Actor
from portal.core.db import new_id
from portal.outbox import services as outbox

_DAY = timedelta(days=1)
_LONGEST_MONTH = timedelta(days=31)
_AT_ONCE = 50
"""How many reports one transaction makes."""
_NAME = "reports"
_DEFAULT_LOCALE = "zh_Hans"
"""Of somebody who has chosen no language, as for their mails."""
_PDF_JOB = "pdf"
DOCUMENT = "monthly-report"


def month_after(month: date) -> date:
    """Return the first day of the month that follows the one that begins with a day."""
    return (month + _LONGEST_MONTH).replace(day=1)


def month_before(day: date) -> date:
    """Return the first day of the month before the one that a day is in."""
    return (day.replace(day=1) - _DAY).replace(day=1)


def make_report(
    session: Session, month: date, *, product: str = "", organisation_id: UUID | None = None, by: Actor, at: datetime
) -> MonthlyReport:
    """Make the report of a month; made again, it has the figures as they are now."""
    begin = month.replace(day=1)
    scope = Scope("organisation", organisation_id.hex) if organisation_id else Scope("product", product)
    row = session.scalars(
        select(MonthlyReport).where(MonthlyReport.month == begin, is_about(product, organisation_id))
    ).first()
    row = row or MonthlyReport(id=new_id(), month=begin, product_code=product, organisation_id=organisation_id)
    stretches = {"now": (begin, month_after(begin)), "before": (month_before(begin), begin)}
    row.figures = {
        when: {name: list(each) for name, each in sums(session, scope, *stretch).items()}
        for when, stretch in stretches.items()
    }
    row.made_by, row.made_at = by.person_id, at
    session.add(row)
    session.flush()
    return row


def make_due_reports(session: Session, *, zone: ZoneInfo, at: datetime) -> bool:
    """Make the reports of the month that is over, once everything in it is counted; returns whether there is more."""
    today = at.astimezone(zone).date()
    month, over = month_before(today), datetime.combine(today.replace(day=1), time(), zone)
    last = last_done(session, _NAME)
    if (last is not None and last.date() >= month) or not is_all_counted(session):
        return False
    missing = _without_report(session, month, over)
    for scope in missing[:_AT_ONCE]:
        organisation_id = organisation_of(scope)
        product = "" if organisation_id else scope.key
        make_report(session, month, product=product, organisation_id=organisation_id, by=SYSTEM, at=at)
    if len(missing) > _AT_ONCE:
        return True
    note_done(session, _NAME, at=datetime.combine(month, time(), UTC))
    _tell_readers(session, month, zone=zone, at=at)
    return False


def _without_report(session: Session, month: date, over: datetime) -> list[Scope]:
    """Return what had tickets in a month and has no report of all of it; products last, so that they top the list."""
    counted = select(BoardFigure.scope_kind, BoardFigure.scope).where(
        BoardFigure.scope_kind.in_(("organisation", "product")),
        BoardFigure.measure == "opened",
        BoardFigure.count > 0,
        BoardFigure.day >= month,
        BoardFigure.day < month_after(month),
    )
    made = select(MonthlyReport.product_code, MonthlyReport.organisation_id).where(
        MonthlyReport.month == month, MonthlyReport.made_at >= over
    )
    done = {each.organisation_id.hex if each.organisation_id else each.product_code for each in session.execute(made)}
    rows = session.execute(counted.distinct().order_by(BoardFigure.scope_kind, BoardFigure.scope.desc()))
    return [Scope(kind, key) for kind, key in rows if key not in done]


def _tell_readers(session: Session, month: date, *, zone: ZoneInfo, at: datetime) -> None:
    """Have everybody told who asked for a report that is there now, and its PDF made in their language."""
    for report, person_id, locale in session.execute(readers(month)).all():
        outbox.queue(session, messages.ready(month, person_id), at=at)
        add_paper(session, report, locale or _DEFAULT_LOCALE, time_zone=zone.key, at=at)


def add_paper(session: Session, report: MonthlyReport, locale: str, *, time_zone: str, at: datetime) -> None:
    """Have the PDF of a report made in a language, once."""
    parameters = {"document": DOCUMENT, "id": str(report.id), "locale": locale, "time_zone": time_zone}
    outbox.add_job(session, _PDF_JOB, parameters, dedupe_key=paper_key(report, locale), at=at)


def paper_key(report: MonthlyReport, locale: str) -> str:
    """Return the key of a report's sheet in a language; made again, the report has a new one."""
    return f"board-paper:{report.id}:{report.made_at:%Y%m%d%H%M%S}:{locale}"


def read_along(session: Session, report: MonthlyReport, *, by: Actor, wants: bool, at: datetime) -> None:
    """Begin or stop getting each month's report about the same by mail; asked for twice, it is once."""
    if not wants:
        session.execute(delete(MonthlyReportReader).where(*is_theirs(by, report)))
    elif not is_reader(session, by, report):
        about = {"product_code": report.product_code, "organisation_id": report.organisation_id}
        session.add(MonthlyReportReader(person_id=by.person_id, since=at, **about))
