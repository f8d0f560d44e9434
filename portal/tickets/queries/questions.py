"""Which questionnaire a snapshot came from."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.questionnaire import Questionnaire
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.queries import MOST_KEPT, parsed

_asked: dict[str, Questionnaire] = {}
"""Versions never change, so each is looked up once a process, by its hash."""


def questionnaire_of(session: Session, document: Mapping[str, Any]) -> Questionnaire | None:
    """Return the version that asked for what a snapshot says; None where a person wrote it down in another way."""
    source = document.get("questionnaire")
    if not isinstance(source, Mapping):
        return None
    sha256 = str(source.get("sha256", ""))
    if sha256 not in _asked:
        version_id = session.execute(
            select(QuestionnaireVersion.id).where(QuestionnaireVersion.sha256 == sha256)
        ).scalar()
        if version_id is None:
            return None
        if len(_asked) >= MOST_KEPT:
            _asked.clear()
        _asked[sha256] = parsed(session, version_id)
    return _asked[sha256]
