"""Fixtures of the tests of tickets."""

import pytest
from sqlalchemy.orm import Session

from tests.portal.tickets.cast import Cast, a_cast


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)
