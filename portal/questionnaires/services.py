"""Publishing questionnaires: a version is stored once and never changed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.questionnaire import Questionnaire
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.core.models import AuditEntry
from portal.questionnaires.models import QuestionnaireVersion

RESERVED_PAGES = frozenset({"check", "submit"})
"""Words that an interview's address needs for itself, so no page may have them as its id."""


class PublishError(DomainError):
    """A questionnaire can't be published as it is: ``number-is-taken`` or ``reserved-page``."""


def publish(session: Session, questionnaire: Questionnaire, *, by: Actor, at: datetime) -> QuestionnaireVersion:
    """Publish a version, once: the same text again gives what was published before.

    Raises PublishError where another text was published under the same number.
    """
    published = session.execute(
        select(QuestionnaireVersion).where(
            QuestionnaireVersion.key == questionnaire.id, QuestionnaireVersion.number == questionnaire.version
        )
    ).scalar()
    if published is None:
        return _add(session, questionnaire, by=by, at=at)
    if published.sha256 != questionnaire.sha256:
        raise PublishError("number-is-taken", key=questionnaire.id, number=questionnaire.version)
    return published


def _add(session: Session, questionnaire: Questionnaire, *, by: Actor, at: datetime) -> QuestionnaireVersion:
    _refuse_reserved_pages(questionnaire)
    version = QuestionnaireVersion(
        key=questionnaire.id,
        number=questionnaire.version,
        sha256=questionnaire.sha256,
        body=questionnaire.canonical.decode("utf-8"),
        published_at=at,
        published_by=by.person_id,
    )
    session.add(version)
    session.flush()
    session.add(
        AuditEntry(
            at=at,
            person_id=by.person_id,
            action="questionnaire-published",
            subject_kind="questionnaire_version",
            subject_id=str(version.id),
            facts={"key": version.key, "number": version.number, "sha256": version.sha256},
        )
    )
    return version


def _refuse_reserved_pages(questionnaire: Questionnaire) -> None:
    for page in questionnaire.pages:
        if page.id in RESERVED_PAGES:
            raise PublishError("reserved-page", page=page.id)
