"""Reads for the agents who write notices: the list on the desk, and everything about one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Agent, Person
from portal.core.actor import Actor
from portal.notices.models import (
    ActionNeeded,
    AudienceKind,
    Notice,
    NoticeKind,
    NoticeRevision,
    NoticeScope,
    NoticeState,
    NoticeText,
    RevisionState,
    TextStatus,
    Words,
    product_ranges,
)
from portal.notices.permissions import Manuscript, Standing, Text
from portal.notices.queries.reading import ReaderNotice
from portal.notices.queries.visibility import visible_to

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A notice in the list on the desk."""

    code: str
    title: str
    language: str
    """In which the title is written."""
    kind: NoticeKind
    state: NoticeState
    revision_state: RevisionState
    number: int
    act_by: date | None
    expires_on: date


def desk_notices(session: Session, actor: Actor, *, before: str = "") -> list[DeskRow]:
    """Return the notices that an agent may see, newest first; one more than a page, to know if there is more."""
    newer = aliased(NoticeRevision)
    newest = select(func.max(newer.number)).where(newer.notice_id == Notice.id).scalar_subquery()
    rows = session.execute(
        select(
            Notice.code, NoticeText.title, Notice.source_language, Notice.kind, Notice.state,
            NoticeRevision.state.label("revision_state"), NoticeRevision.number,
            NoticeRevision.act_by, NoticeRevision.expires_on,
        )
        .select_from(Notice)
        .join(NoticeRevision, (NoticeRevision.notice_id == Notice.id) & (NoticeRevision.number == newest))
        .outerjoin(
            NoticeText,
            (NoticeText.revision_id == NoticeRevision.id) & (NoticeText.language == Notice.source_language),
        )
        .where(visible_to(actor), *([Notice.code < before] if before else []))
        .order_by(Notice.code.desc())
        .limit(A_PAGE + 1)
    )  # fmt: skip
    return [
        DeskRow(
            row.code, row.title or "", row.source_language, NoticeKind(row.kind), NoticeState(row.state),
            RevisionState(row.revision_state), row.number, row.act_by, row.expires_on,
        )
        for row in rows
    ]  # fmt: skip


def working_revision(session: Session, notice: Notice) -> NoticeRevision:
    """Return the newest revision: the one being written, or the one that readers see."""
    return session.execute(
        select(NoticeRevision)
        .where(NoticeRevision.notice_id == notice.id)
        .order_by(NoticeRevision.number.desc())
        .limit(1)
    ).scalar_one()


def texts_of(session: Session, revision_id: UUID) -> dict[str, NoticeText]:
    """Return the words of a revision by language."""
    rows = session.execute(select(NoticeText).where(NoticeText.revision_id == revision_id)).scalars()
    return {row.language: row for row in rows}


def standing(notice: Notice, revision: NoticeRevision) -> Standing:
    """Return where a notice stands, for the table of guards."""
    return Standing(
        notice=NoticeState(notice.state),
        revision=RevisionState(revision.state),
        authors=frozenset(UUID(each) for each in revision.authors),
    )


def manuscript(session: Session, notice: Notice, revision: NoticeRevision) -> Manuscript:
    """Return everything that a revision would tell its readers."""
    return _manuscript(notice, revision, texts_of(session, revision.id))


def _manuscript(notice: Notice, revision: NoticeRevision, texts: Mapping[str, NoticeText]) -> Manuscript:
    return Manuscript(
        source_language=notice.source_language,
        scope=NoticeScope(revision.scope),
        action=ActionNeeded(revision.action),
        act_by=revision.act_by,
        expires_on=revision.expires_on,
        audience={
            **{AudienceKind(kind): values for kind, values in revision.audience.items()},
            AudienceKind.PRODUCT: revision.products,
        },
        texts={language: _text(row) for language, row in texts.items()},
        waived=frozenset(revision.waivers),
        asks_again=revision.is_material and revision.number > 1,
    )


def _text(row: NoticeText) -> Text:
    return Text(row.title, Words.of(row.document), TextStatus(row.status), row.source_sha256, row.change)


@dataclass(frozen=True, slots=True)
class Workbench:
    """A notice with its newest revision, as the agents who write it see it."""

    notice: Notice
    revision: NoticeRevision
    texts: Mapping[str, NoticeText]
    manuscript: Manuscript
    names: Mapping[str, str]
    """Of everyone who had a hand in it, by id."""
    reviewer_name: str = ""
    """Of whoever was asked to look at it."""

    @property
    def standing(self) -> Standing:
        """Where it stands, for the table of guards."""
        return standing(self.notice, self.revision)

    @property
    def authors(self) -> list[str]:
        """The names of everyone who wrote a part of the words."""
        return [self.names[each] for each in self.revision.authors if each in self.names]

    @property
    def title(self) -> str:
        """Its title in the source language, which may still be empty."""
        source = self.texts.get(self.notice.source_language)
        return source.title if source else ""


def workbench(session: Session, actor: Actor, code: str) -> Workbench | None:
    """Return everything about a notice that an agent may see."""
    notice = session.execute(select(Notice).where(Notice.code == code, visible_to(actor))).scalar_one_or_none()
    if notice is None:
        return None
    revision = working_revision(session, notice)
    names, reviewer_name = _people(session, notice, revision)
    texts = texts_of(session, revision.id)
    return Workbench(
        notice=notice,
        revision=revision,
        texts=texts,
        manuscript=_manuscript(notice, revision, texts),
        names=names,
        reviewer_name=reviewer_name,
    )


def _people(session: Session, notice: Notice, revision: NoticeRevision) -> tuple[dict[str, str], str]:
    """Return the names of everyone who had a hand in a revision, and of whoever was asked to look at it."""
    ids = {*map(UUID, revision.authors), *map(UUID, revision.waivers.values())}
    ids |= {each for each in (revision.created_by, revision.approved_by) if each}
    rows = session.execute(
        select(Person.id, Person.name, Agent.id.label("agent_id"))
        .outerjoin(Agent, Agent.person_id == Person.id)
        .where(Person.id.in_(ids) | (Agent.id == notice.reviewer_id))
    ).all()
    reviewer = next((row.name for row in rows if row.agent_id and row.agent_id == notice.reviewer_id), "")
    return {str(row.id): row.name for row in rows if row.id in ids}, reviewer


def preview(bench: Workbench, language: str) -> ReaderNotice | None:
    """Return a draft as its readers would see it in a language; None where nothing is written in it."""
    text = bench.texts.get(language)
    return previewed(bench, language, text.title, Words.of(text.document)) if text else None


def previewed(bench: Workbench, language: str, title: str, words: Words) -> ReaderNotice:
    """Return a draft with the words that somebody is just writing, as its readers would see it."""
    notice, revision = bench.notice, bench.revision
    return ReaderNotice(
        id=notice.id,
        code=notice.code,
        kind=NoticeKind(notice.kind),
        state=NoticeState.ACTIVE,
        scope=NoticeScope(revision.scope),
        action=ActionNeeded(revision.action),
        act_by=revision.act_by,
        expires_on=revision.expires_on,
        number=revision.number,
        material_number=notice.material_number,
        published_at=revision.published_at,
        withdrawn_reason="",
        superseded_by=None,
        source_language=notice.source_language,
        language=language,
        title=title,
        words=words,
        products=product_ranges(revision.products),
        is_preview=True,
    )
