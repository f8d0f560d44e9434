"""What comes back every year, and what the phrasebook says."""

from sqlalchemy.orm import Session

from portal.core import clock
from portal.notices.services import seasons
from tests.world.people import People


def enter(session: Session, people: People) -> dict[str, str]:
    """Bring the series that come with the portal; returns what stands in their addresses."""
    seasons.ship(session, at=clock.now())
    return {"series:south": "rainy-season-south-china", "reviewer:second": str(people.agents["second"].id)}
