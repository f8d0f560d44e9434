"""Writing a notice: its facts, its products and audience, its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core import references
from portal.core.actor import Actor
from portal.notices.models import (
    ActionNeeded,
    AudienceKind,
    CheckItem,
    Notice,
    NoticeAudience,
    NoticeKind,
    NoticeRevision,
    NoticeScope,
    NoticeText,
    ProductRange,
    TextStatus,
    Words,
    fingerprint,
)
from portal.notices.permissions import Action
from portal.notices.queries.workbench import texts_of
from portal.notices.services.loading import begin


@dataclass(frozen=True, slots=True)
class Facts:
    """What a notice is, whom it is for and until when, in no language."""

    kind: NoticeKind
    scope: NoticeScope
    action: ActionNeeded
    expires_on: date
    act_by: date | None = None
    products: Sequence[ProductRange] = ()
    audience: Mapping[AudienceKind, Sequence[str]] | None = None
    source_language: str = "zh_Hans"


def start_notice(session: Session, facts: Facts, *, by: Actor, at: datetime, code: str = "") -> Notice:
    """Begin a notice as a draft, with an empty text in its source language."""
    notice = Notice(
        code=code or next_code(session, at.year),
        kind=facts.kind,
        scope=facts.scope,
        action=facts.action,
        act_by=facts.act_by,
        expires_on=facts.expires_on,
        source_language=facts.source_language,
        owner_id=by.agent_id,
        created_at=at,
    )
    session.add(notice)
    session.flush()
    revision = NoticeRevision(
        notice_id=notice.id,
        number=1,
        scope=facts.scope,
        action=facts.action,
        expires_on=facts.expires_on,
        created_by=by.person_id,
        created_at=at,
        authors=[],
    )
    session.add(revision)
    session.flush()
    _keep_facts(session, notice, revision, facts)
    note_author(revision, by)
    return notice


def intended(facts: Facts) -> NoticeRevision:
    """Return a revision that nobody keeps, to ask whom a notice with these facts would reach."""
    return NoticeRevision(
        scope=facts.scope,
        products=[each.as_row() for each in facts.products],
        audience={kind.value: list(values) for kind, values in (facts.audience or {}).items() if values},
    )


def next_code(session: Session, year: int) -> str:
    """Return the next notice code of a year."""
    return f"N-{year}-{references.next_number(session, f'notice-{year}'):03d}"


def change_facts(session: Session, notice: Notice, facts: Facts, *, by: Actor) -> None:
    """Change what a draft is, whom it is for and until when."""
    revision = begin(session, notice, Action.EDIT, by=by)
    _keep_facts(session, notice, revision, facts)
    note_author(revision, by)


def _keep_facts(session: Session, notice: Notice, revision: NoticeRevision, facts: Facts) -> None:
    revision.scope, revision.action = facts.scope, facts.action
    revision.act_by, revision.expires_on = facts.act_by, facts.expires_on
    revision.products = [each.as_row() for each in facts.products]
    revision.audience = {kind.value: list(values) for kind, values in (facts.audience or {}).items() if values}
    if notice.revision_number is None:  # nobody reads it yet, so what it is may still change too
        notice.kind = facts.kind
        show_facts(session, notice, revision)
    session.flush()


def show_facts(session: Session, notice: Notice, revision: NoticeRevision) -> None:
    """Give the notice the facts of a revision, and its audience as rows that queries can look for."""
    notice.scope, notice.action = revision.scope, revision.action
    notice.act_by, notice.expires_on = revision.act_by, revision.expires_on
    session.execute(delete(NoticeAudience).where(NoticeAudience.notice_id == notice.id))
    wanted = {(AudienceKind(kind), value) for kind, values in revision.audience.items() for value in values}
    wanted |= {(AudienceKind.PRODUCT, row["product"]) for row in revision.products}
    session.add_all(NoticeAudience(notice_id=notice.id, kind=kind, value=value) for kind, value in sorted(wanted))


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of one language as somebody has just written them."""

    title: str
    words: Words
    change: str = ""


def save_text(session: Session, notice: Notice, language: str, draft: Draft, *, by: Actor) -> NoticeText:
    """Keep the words of one language; a translation counts only once it was read again."""
    revision = begin(session, notice, Action.EDIT, by=by)
    row = put_text(session, notice, revision, language, draft)
    note_author(revision, by)
    session.flush()
    return row


def put_text(session: Session, notice: Notice, revision: NoticeRevision, language: str, draft: Draft) -> NoticeText:
    """Put the words of one language into a draft; the source stands, a translation waits for a reader."""
    texts = texts_of(session, revision.id)
    is_source = language == notice.source_language
    before = texts.get(notice.source_language)
    words = _with_ids(draft.words, Words.of(before.document) if before else Words(), is_source=is_source)
    row = texts.get(language) or NoticeText(revision_id=revision.id, language=language, document={})
    row.status = TextStatus.SOURCE if is_source else TextStatus.DRAFT
    row.title, row.change, row.summary, row.document = draft.title, draft.change, words.what, words.as_document()
    row.source_sha256 = fingerprint(before.title, before.document) if before and not is_source else ""
    row.is_converted, row.reviewed_by = False, None
    session.add(row)
    session.flush()
    return row


def _with_ids(words: Words, source: Words, *, is_source: bool) -> Words:
    """Give checklist items their ids: the source's by their words, so that ticks stay; translations' by place."""
    if not is_source:
        ids = [item.id for item in source.checklist] + [f"x{place}" for place in range(len(words.checklist))]
        placed = [CheckItem(id_, item.text) for id_, item in zip(ids, words.checklist, strict=False)]
        return replace(words, checklist=tuple(placed))
    known = {item.text: item.id for item in source.checklist}
    last = max((int(item.id[1:]) for item in source.checklist), default=0)
    new = iter(range(last + 1, last + 1 + len(words.checklist)))
    items = [CheckItem(known.get(item.text) or f"c{next(new)}", item.text) for item in words.checklist]
    return replace(words, checklist=tuple(items))


def note_author(revision: NoticeRevision, by: Actor) -> None:
    """Count somebody among those who can't approve a revision, because they had a hand in it."""
    if by.person_id and str(by.person_id) not in revision.authors:
        revision.authors = [*revision.authors, str(by.person_id)]
