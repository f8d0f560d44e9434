"""People, products and notices for tests of what is told to linked tickets."""

import pytest
from sqlalchemy.orm import Session

from tests.portal.notices.cast import Cast, a_cast


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return the people and what they run."""
    return a_cast(session)
