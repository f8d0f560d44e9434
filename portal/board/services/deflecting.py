"""Counting those who were helped before or instead of a ticket; they have none that their marks could hang on."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.board.models import BoardFigure
from portal.board.queries.deflected import helped_since
from portal.board.services.counting import Key, add_up, scopes_of
from portal.board.services.pacing import is_due, last_done, note_done

DEFLECTED = "deflected"
_BEGINNING = datetime(2000, 1, 2, tzinfo=UTC)
"""Before there was a portal."""
_EVERY = timedelta(minutes=10)
_STRAGGLE = timedelta(days=1)
"""What was written before the last count is committed by now; so long is far more than any transaction takes."""


def count_deflected(session: Session, *, zone: ZoneInfo, at: datetime) -> None:
    """Count the days since the last count anew, every ten minutes; the first time, all there are."""
    if not is_due(session, DEFLECTED, every=_EVERY, at=at):
        return
    last = last_done(session, DEFLECTED)
    first = (min(last, at) - _STRAGGLE if last else _BEGINNING).astimezone(zone).date()
    since = datetime.combine(first, time(), zone)
    session.execute(delete(BoardFigure).where(BoardFigure.measure == DEFLECTED, BoardFigure.day >= first))
    changes: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for each in helped_since(session, since):
        about = {"organisation_id": each.organisation_id, "product_code": each.product_code}
        mark = {**about, "module_code": each.module_code, "team": ""}
        for kind, scope in scopes_of(mark):
            changes[kind, scope, each.at.astimezone(zone).date(), DEFLECTED][0] += 1
    add_up(session, changes)
    note_done(session, DEFLECTED, at=at)
