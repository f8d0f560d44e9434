"""Publishing questionnaires: looked at first, stored once, and never changed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.checking import CheckOptions, check_text
from intake.findings import Finding
from intake.loading import read
from intake.migration import Difference, differences
from intake.questionnaire import Questionnaire
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.core.models import AuditEntry
from portal.questionnaires import queries
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.queries import Published

RESERVED_PAGES = frozenset({"check", "submit", "solved"})
"""Words that an interview's address needs for itself, so no page may have them as its id."""
LARGEST_NUMBER = 2**31 - 1
LONGEST_KEY = 60
_LEFT_TO_THE_PUBLISHER = "E801"
"""Drafts that can't be carried over stay on their version: whoever publishes is told, and decides."""


class PublishError(DomainError):
    """A questionnaire can't be published as it is.

    ``number-is-taken``, ``number-is-behind``, ``number-is-too-large``, ``key-is-too-long`` or ``reserved-page``.
    """


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of looking at a questionnaire before it is published."""

    questionnaire: Questionnaire | None
    """None where it can't be read."""
    findings: tuple[Finding, ...]
    published: Published | None
    """The newest version there is."""
    differences: tuple[Difference, ...]
    refusal: PublishError | None
    is_published: bool = False
    """Whether this very text is published already."""

    @property
    def may_be_published(self) -> bool:
        """Whether nothing stands in the way."""
        return self.questionnaire is not None and self.refusal is None and not self.blocking

    @property
    def blocking(self) -> list[Finding]:
        """The findings that stand in the way."""
        return [each for each in self.findings if each.is_error and each.code != _LEFT_TO_THE_PUBLISHER]


Explained = Callable[[str], Collection[str] | None]
"""Returns the engineers' terms, in small letters, that a language has plain words for; None where nobody keeps any."""


def nothing_explained(_language: str) -> None:
    """Keep no terms, so that nothing is said about engineers' words."""


def examine(session: Session, text: bytes, *, name: str, explained: Explained = nothing_explained) -> Examined:
    """Look at a questionnaire as a file has it: what is wrong, and how it differs from what is published.

    Whatever the bytes are, this returns; it changes nothing. ``explained`` says which terms need no warning.
    """
    reading = read(text, name=name)
    questionnaire = None if reading.findings else reading.questionnaire
    if questionnaire is None:
        return Examined(None, check_text(text, name=name), None, (), None)
    published = queries.latest_of(session, questionnaire.id) if len(questionnaire.id) <= LONGEST_KEY else None
    against = published.questionnaire if published else None
    options = CheckOptions(explained=explained(questionnaire.source_locale), against=against)
    findings = check_text(text, name=name, options=options)
    changes = differences(against, questionnaire) if against else ()
    try:
        is_published = _same_text(session, questionnaire) is not None
    except PublishError as refusal:
        return Examined(questionnaire, findings, published, changes, refusal)
    return Examined(questionnaire, findings, published, changes, None, is_published)


def publish(
    session: Session, questionnaire: Questionnaire, *, by: Actor, at: datetime, source: str | None = None
) -> QuestionnaireVersion:
    """Publish a version, once: the same text again gives what was published before.

    Raises PublishError where another text was published under the same number, or a newer one already is.
    """
    return _same_text(session, questionnaire) or _add(session, questionnaire, source, by=by, at=at)


def _same_text(session: Session, questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """Return what was published of the same text; raises PublishError where this can't be published."""
    _refuse_what_has_no_place(questionnaire)
    published = session.execute(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.key == questionnaire.id, QuestionnaireVersion.number >= questionnaire.version)
        .order_by(QuestionnaireVersion.number)
    ).scalars()
    versions = list(published)
    newest = max((each.number for each in versions), default=0)
    known = {"key": questionnaire.id, "number": questionnaire.version, "newest": newest, "next": newest + 1}
    if not versions:
        return None
    if versions[0].number != questionnaire.version:
        raise PublishError("number-is-behind", **known)
    if versions[0].sha256 != questionnaire.sha256:
        raise PublishError("number-is-taken", **known)
    return versions[0]


def _add(
    session: Session, questionnaire: Questionnaire, source: str | None, *, by: Actor, at: datetime
) -> QuestionnaireVersion:
    version = QuestionnaireVersion(
        key=questionnaire.id,
        number=questionnaire.version,
        sha256=questionnaire.sha256,
        body=questionnaire.canonical.decode("utf-8"),
        source=source,
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


def _refuse_what_has_no_place(questionnaire: Questionnaire) -> None:
    if len(questionnaire.id) > LONGEST_KEY:
        raise PublishError("key-is-too-long", key=questionnaire.id)
    if questionnaire.version > LARGEST_NUMBER:
        raise PublishError("number-is-too-large", number=questionnaire.version)
    for page in questionnaire.pages:
        if page.id in RESERVED_PAGES:
            raise PublishError("reserved-page", page=page.id)
