"""Reads of published questionnaires."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.checking import CheckOptions, Met, check, check_text, reachability
from intake.findings import Finding
from intake.loading import from_document
from intake.questionnaire import Questionnaire
from portal.accounts.models import Person
from portal.questionnaires.models import QuestionnaireVersion

MOST_KEPT = 256
MOST_LISTED = 500
_parsed: dict[UUID, Questionnaire] = {}
"""Versions never change, so each is parsed once a process."""
_proven: "dict[tuple[UUID, frozenset[str] | None], Proof]" = {}
"""And proven once, as long as the same terms have plain words."""
_followed: "dict[tuple[UUID, UUID], tuple[Published, ...]]" = {}
"""What was published after a version up to another never changes either,"""
_preceded: "dict[UUID, tuple[Published, ...]]" = {}
"""nor does what came before it: nobody can publish a smaller number later."""


@dataclass(frozen=True, slots=True)
class Published:
    """A published version with its questionnaire."""

    id: UUID
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version in a list: who published it when."""

    id: UUID
    key: str
    number: int
    sha256: str
    published_at: datetime
    publisher: str
    """Empty where it came with the portal or by the command line."""
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What the linter says of a version: its findings, and by which answers each question is reached."""

    findings: tuple[Finding, ...]
    reached: dict[str, tuple[Met, Met]]


def history(session: Session, key: str = "") -> list[VersionLine]:
    """Return every published version, of one questionnaire or of all, the newest of each first."""
    rows = session.execute(
        select(
            QuestionnaireVersion.id,
            QuestionnaireVersion.key,
            QuestionnaireVersion.number,
            QuestionnaireVersion.sha256,
            QuestionnaireVersion.published_at,
            func.coalesce(Person.name, "").label("publisher"),
        )
        .outerjoin(Person, Person.id == QuestionnaireVersion.published_by)
        .where(QuestionnaireVersion.key == key if key else QuestionnaireVersion.key != "")
        .order_by(QuestionnaireVersion.key, QuestionnaireVersion.number.desc())
        .limit(MOST_LISTED)
    ).all()
    newest = {row.key: row.number for row in reversed(rows)}
    return [VersionLine(*row, is_newest=newest[row.key] == row.number) for row in rows]


def source_of(session: Session, version_id: UUID) -> str:
    """Return a version as it was written; where that isn't known, as it is kept, which is YAML too."""
    row = session.execute(
        select(QuestionnaireVersion.source, QuestionnaireVersion.body).where(QuestionnaireVersion.id == version_id)
    ).one()
    return row.source or json.dumps(json.loads(row.body), ensure_ascii=False, indent=2) + "\n"


def proof_of(session: Session, version_id: UUID, *, name: str, explained: frozenset[str] | None = None) -> Proof:
    """Return what the linter says of a version; it is worked out once a process, and where the terms have changed.

    ``explained`` holds the engineers' terms that have plain words; without it, nothing is said about such words.
    """
    about = version_id, explained
    if about not in _proven:
        if len(_proven) >= MOST_KEPT:
            _proven.clear()
        questionnaire, options = parsed(session, version_id), CheckOptions(explained=explained)
        row = session.execute(select(QuestionnaireVersion.source).where(QuestionnaireVersion.id == version_id)).scalar()
        findings = check_text(row, name=name, options=options) if row else check(questionnaire, options)
        _proven[about] = Proof(findings, reachability(questionnaire))
    return _proven[about]


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
    if len(_parsed) + len(missing) > MOST_KEPT:
        _parsed.clear()
        missing = list(ids)
    if missing:
        _keep_parsed(session, missing)
    return [Published(each, _parsed[each]) for each in ids]


def _keep_parsed(session: Session, ids: Sequence[UUID]) -> None:
    rows = session.execute(
        select(QuestionnaireVersion.id, QuestionnaireVersion.body).where(QuestionnaireVersion.id.in_(ids))
    )
    for version_id, body in rows:
        _parsed[version_id] = from_document(json.loads(body))


def after(session: Session, version_id: UUID, newest_id: UUID) -> tuple[Published, ...]:
    """Return the versions that followed one, in their order up to the newest; asks the database the first time."""
    if version_id == newest_id:
        return ()
    if (version_id, newest_id) not in _followed:
        if len(_followed) >= MOST_KEPT:
            _followed.clear()
        key, number = parsed(session, version_id).id, parsed(session, version_id).version
        last = parsed(session, newest_id).version
        ids = session.execute(
            select(QuestionnaireVersion.id)
            .where(
                QuestionnaireVersion.key == key,
                QuestionnaireVersion.number > number,
                QuestionnaireVersion.number <= last,
            )
            .order_by(QuestionnaireVersion.number)
        ).scalars()
        _followed[version_id, newest_id] = tuple(_with_questionnaires(session, list(ids)))
    return _followed[version_id, newest_id]


def before(session: Session, version_id: UUID) -> tuple[Published, ...]:
    """Return the versions that came before one, the newest first; asks the database the first time."""
    if version_id not in _preceded:
        if len(_preceded) >= MOST_KEPT:
            _preceded.clear()
        questionnaire = parsed(session, version_id)
        ids = session.execute(
            select(QuestionnaireVersion.id)
            .where(QuestionnaireVersion.key == questionnaire.id, QuestionnaireVersion.number < questionnaire.version)
            .order_by(QuestionnaireVersion.number.desc())
            .limit(MOST_KEPT // 2)
        ).scalars()
        _preceded[version_id] = tuple(_with_questionnaires(session, list(ids)))
    return _preceded[version_id]
