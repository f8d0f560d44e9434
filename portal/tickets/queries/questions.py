"""Which questionnaire a snapshot came from."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.questionnaire import Questionnaire
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.queries import MOST_KEPT, parsed

_ids: dict[str, UUID] = {}
"""Versions never change, so each is looked up once a process, by its hash."""


def questionnaire_of(session: Session, document: Mapping[str, Any]) -> Questionnaire | None:
    """Return the version that asked for what a snapshot says; None where a person wrote it down in another way."""
    source = document.get("questionnaire")
    if not isinstance(source, Mapping):
        return None
    version_id = _version_id(session, str(source.get("sha256", "")))
    return parsed(session, version_id) if version_id else None


def _version_id(session: Session, sha256: str) -> UUID | None:
    if sha256 not in _ids:
        found = session.execute(select(QuestionnaireVersion.id).where(QuestionnaireVersion.sha256 == sha256)).scalar()
        if found is None:
            return None
        if len(_ids) >= MOST_KEPT:
            _ids.clear()
        _ids[sha256] = found
    return _ids[sha256]
