"""A week at an organisation, and its summary."""

from datetime import UTC, datetime, timedelta

from portal.summaries import services
from portal.summaries.models import Rhythm, ServiceSummary
from portal.tickets import services as tickets
from tests.portal.ratings.scene import a_solved_ticket, rate
from tests.portal.tickets.cast import Cast, a_ticket

TUESDAY = datetime(2026, 4, 21, 2, 2, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 4, 26, 16, 0, tzinfo=UTC)
"""The first moment of Monday 27 April in Beijing."""


def a_week(cast: Cast) -> None:
    """Let two tickets be solved in time, one of them with stars, and one be answered late."""
    solved = a_solved_ticket(cast, at=TUESDAY)
    rate(cast, solved, 5, at=TUESDAY)
    a_solved_ticket(cast, at=TUESDAY)
    a_ticket(cast, at=TUESDAY, module_code="")
    tickets.settle_due(cast.session, at=TUESDAY + timedelta(minutes=16))
    a_ticket(cast, by=cast.stranger, at=TUESDAY)
    cast.session.commit()


def a_summary(cast: Cast, rhythm: Rhythm = Rhythm.WEEKLY) -> ServiceSummary:
    """Let the week be over, and its summary made."""
    a_week(cast)
    by, at = cast.actor(cast.manager), TUESDAY
    services.plan(cast.session, cast.organisation.id, rhythm=rhythm, by=by, at=at)
    cast.session.commit()
    assert services.make_due(cast.session, at=NEXT_MONDAY) == 1
    cast.session.commit()
    return cast.session.query(ServiceSummary).one()
