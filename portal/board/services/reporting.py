"""Reports of a month: the figures of a product or an organisation, kept as they were."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.board.models import MonthlyReport
from portal.board.queries.figures import Scope, sums
from portal.core.actor import Actor
from portal.core.db import new_id

MONTH = timedelta(days=31)


def make_report(
    session: Session, month: date, *, product: str = "", organisation_id: UUID | None = None, by: Actor, at: datetime
) -> MonthlyReport:
    """Make the report of a month; made again, it has the figures as they are now."""
    begin = month.replace(day=1)
    end = (begin + MONTH).replace(day=1)
    scope = Scope("organisation", organisation_id.hex) if organisation_id else Scope("product", product)
    rows = select(MonthlyReport).where(
        MonthlyReport.month == begin,
        MonthlyReport.product_code == product,
        MonthlyReport.organisation_id == organisation_id,
    )
    row = session.scalars(rows).first()
    row = row or MonthlyReport(id=new_id(), month=begin, product_code=product, organisation_id=organisation_id)
    row.figures = {
        "now": {name: list(each) for name, each in sums(session, scope, begin, end).items()},
        "before": {
            name: list(each)
            for name, each in sums(session, scope, (begin - timedelta(days=1)).replace(day=1), begin).items()
        },
    }
    row.made_by, row.made_at = by.person_id, at
    session.add(row)
    session.flush()
    return row
