"""Publishing questionnaires."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.models import AuditEntry
from portal.questionnaires import services
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.services import PublishError
from tests.portal.questionnaires.examples import a_questionnaire


def test_it_stores_the_canonical_text_with_its_hash(session: Session) -> None:
    questionnaire = a_questionnaire()
    version = services.publish(session, questionnaire, by=SYSTEM, at=clock.now())
    assert (version.key, version.number, version.sha256) == ("small", 1, questionnaire.sha256)
    assert version.body.encode() == questionnaire.canonical


def test_publishing_the_same_text_again_changes_nothing(session: Session) -> None:
    first = services.publish(session, a_questionnaire(), by=SYSTEM, at=clock.now())
    again = services.publish(session, a_questionnaire(), by=SYSTEM, at=clock.now())
    assert again.id == first.id
    assert session.scalar(select(func.count()).select_from(QuestionnaireVersion)) == 1


def test_it_refuses_another_text_under_the_same_number(session: Session) -> None:
    services.publish(session, a_questionnaire(), by=SYSTEM, at=clock.now())
    with pytest.raises(PublishError) as caught:
        services.publish(session, a_questionnaire(title="Another title"), by=SYSTEM, at=clock.now())
    assert caught.value.code == "number-is-taken"


def test_it_refuses_a_page_whose_address_the_portal_needs(session: Session) -> None:
    with pytest.raises(PublishError) as caught:
        services.publish(session, a_questionnaire(page="check"), by=SYSTEM, at=clock.now())
    assert caught.value.code == "reserved-page"


def test_it_writes_down_who_published(session: Session) -> None:
    services.publish(session, a_questionnaire(), by=SYSTEM, at=clock.now())
    actions = select(AuditEntry.action).where(AuditEntry.subject_kind == "questionnaire_version")
    assert session.scalars(actions).all() == ["questionnaire-published"]
