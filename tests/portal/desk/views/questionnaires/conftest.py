"""Fixtures of the tests of questionnaires on the desk."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from intake.loading import load_file
from portal.core import clock
from portal.core.actor import SYSTEM, Role
from portal.questionnaires import services
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.shipped import SHIPPED
from tests.factories import an_agent
from tests.portal.desk.scene import As

HIS_FAULT: Path = SHIPPED[0]


@pytest.fixture
def published(session: Session) -> QuestionnaireVersion:
    """Publish the questionnaire about faults of hospital systems."""
    source = HIS_FAULT.read_text(encoding="utf-8")
    version = services.publish(session, load_file(HIS_FAULT), by=SYSTEM, at=clock.now(), source=source)
    session.commit()
    return version


@pytest.fixture
def admin(session: Session, as_: As) -> FlaskClient:
    """Return the browser of an agent who may publish."""
    agent = an_agent(session, "Li Na", role=Role.ADMIN)
    session.commit()
    return as_(agent)
