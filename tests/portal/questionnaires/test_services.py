"""Publishing questionnaires."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.models import AuditEntry
from portal.questionnaires import services
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.services import PublishError
from tests.portal.questionnaires.examples import TEXT, a_questionnaire


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


def test_it_refuses_a_number_that_nobody_would_get(session: Session) -> None:
    services.publish(session, a_questionnaire(version=3), by=SYSTEM, at=clock.now())
    with pytest.raises(PublishError) as caught:
        services.publish(session, a_questionnaire(version=2), by=SYSTEM, at=clock.now())
    assert (caught.value.code, caught.value.parameters["next"]) == ("number-is-behind", 4)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"key": "k" * 61}, "key-is-too-long"), ({"version": 2**31}, "number-is-too-large")],
)
def test_it_refuses_what_a_database_has_no_room_for(session: Session, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(PublishError) as caught:
        services.publish(session, a_questionnaire(**changed), by=SYSTEM, at=clock.now())
    assert caught.value.code == code


def test_looking_at_a_new_version_tells_the_difference(session: Session) -> None:
    services.publish(session, a_questionnaire(), by=SYSTEM, at=clock.now())
    text = TEXT.format(key="small", version=2, title="Report something", page="about").replace("How bad?", "So?")
    found = services.examine(session, text.encode(), name="small.yaml")
    assert found.may_be_published
    assert [(each.kind, each.question_id, each.detail) for each in found.differences] == [("text", "bad", "text")]


def test_drafts_that_stay_behind_do_not_stand_in_the_way(session: Session) -> None:
    services.publish(session, a_questionnaire(), by=SYSTEM, at=clock.now())
    text = TEXT.format(key="small", version=2, title="Report something", page="about").replace("id: very", "id: much")
    found = services.examine(session, text.encode(), name="small.yaml")
    assert "E801" in {each.code for each in found.findings}
    assert found.may_be_published


def test_a_fault_stands_in_the_way(session: Session) -> None:
    text = TEXT.format(key="small", version=1, title="Report something", page="about")
    found = services.examine(session, text.replace("problem.bad: bad", "").encode(), name="small.yaml")
    assert [each.code for each in found.blocking] == ["E601"]
    assert not found.may_be_published


def test_the_same_text_is_known_to_be_published(session: Session) -> None:
    services.publish(session, a_questionnaire(), by=SYSTEM, at=clock.now())
    text = TEXT.format(key="small", version=1, title="Report something", page="about")
    assert services.examine(session, text.encode(), name="small.yaml").is_published


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"intake: 1\nid: {text}".encode(errors="replace"))
)
def test_whatever_the_bytes_there_is_an_answer_with_places(session: Session, junk: bytes) -> None:
    found = services.examine(session, junk, name="junk.yaml")
    assert not found.may_be_published
    assert all(each.line > 0 and each.file == "junk.yaml" for each in found.findings)
    assert found.findings
