"""Reads of published questionnaires."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.loading import from_document
from intake.questionnaire import Questionnaire
from portal.questionnaires.models import QuestionnaireVersion

MOST_KEPT = 256
_parsed: dict[UUID, Questionnaire] = {}
"""Versions never change, so each is parsed once a process."""


@dataclass(frozen=True, slots=True)
class Published:
    """A published version with its questionnaire."""

    id: UUID
    questionnaire: Questionnaire


def latest(session: Session) -> list[Published]:
    """Return the newest version of each questionnaire, in the order of their keys."""
    newest = (
        select(QuestionnaireVersion.key, func.max(QuestionnaireVersion.number).label("number"))
        .group_by(QuestionnaireVersion.key)
        .subquery()
    )
    ids = session.execute(
        select(QuestionnaireVersion.id)
        .join(newest, (QuestionnaireVersion.key == newest.c.key) & (QuestionnaireVersion.number == newest.c.number))
        .order_by(QuestionnaireVersion.key)
    ).scalars()
    return _with_questionnaires(session, list(ids))


def latest_of(session: Session, key: str) -> Published | None:
    """Return the newest version of a questionnaire, or None where none was published."""
    version_id = session.execute(
        select(QuestionnaireVersion.id)
        .where(QuestionnaireVersion.key == key)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    ).scalar()
    return None if version_id is None else Published(version_id, parsed(session, version_id))


def parsed(session: Session, version_id: UUID) -> Questionnaire:
    """Return the questionnaire of a version; asks the database only the first time."""
    if version_id not in _parsed:
        _with_questionnaires(session, [version_id])
    return _parsed[version_id]


def _with_questionnaires(session: Session, ids: Sequence[UUID]) -> list[Published]:
    missing = [each for each in ids if each not in _parsed]
    if missing:
        _keep_parsed(session, missing)
    return [Published(each, _parsed[each]) for each in ids]


def _keep_parsed(session: Session, ids: Sequence[UUID]) -> None:
    if len(_parsed) + len(ids) > MOST_KEPT:
        _parsed.clear()
    rows = session.execute(
        select(QuestionnaireVersion.id, QuestionnaireVersion.body).where(QuestionnaireVersion.id.in_(ids))
    )
    for version_id, body in rows:
        _parsed[version_id] = from_document(json.loads(body))
