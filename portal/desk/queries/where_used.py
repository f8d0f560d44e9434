"""Where customers read an engineer's term: in replies, notices, articles, saved replies and questionnaires."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from intake.words import messages
from portal.core.actor import Actor
from portal.knowledge import queries as knowledge
from portal.knowledge.models import Article, ArticleState, ArticleText
from portal.notices.models import Notice, NoticeRevision, NoticeState, NoticeText
from portal.notices.queries import visible_to
from portal.phrasebook.queries import found_by, lines_of
from portal.questionnaires.labels import Labels
from portal.questionnaires.queries import Published, latest
from portal.replies.queries import replies
from portal.tickets.queries import told_with

_OVER = (NoticeState.ARCHIVED, NoticeState.WITHDRAWN, NoticeState.SUPERSEDED)
_MOST_READ = 500
_AROUND = 30
"""Characters on either side of a term that show how it is used."""


@dataclass(frozen=True, slots=True)
class Used:
    """What uses a term, and the first place where it does."""

    title: str
    code: str
    place: str
    number: int = 0
    """Of the version, for a questionnaire."""
    at: datetime | None = None
    """When it was written, for a reply on a ticket."""


def in_tickets(session: Session, actor: Actor, term: str, language: str) -> list[Used]:
    """Return where agents told customers a term in a language, the latest first."""
    pattern = found_by(term)
    told = ((each, _place(pattern, _lines(each.words, language))) for each in told_with(session, actor, term))
    return [Used(each.reference, each.reference, place, at=each.at) for each, place in told if place]


def in_articles(session: Session, actor: Actor, term: str, language: str) -> list[Used]:
    """Return the articles that use a term in a language, published or being written, the latest first."""
    rows = session.execute(
        select(ArticleText)
        .join(Article, Article.id == ArticleText.article_id)
        .where(
            ArticleText.language == language, ArticleText.revision == func.coalesce(Article.draft, Article.published)
        )
        .where(Article.state != ArticleState.RECALLED, knowledge.visible_to(actor))
        .order_by(Article.changed_at.desc(), Article.id.desc())
        .limit(_MOST_READ)
    ).scalars()
    pattern = found_by(term)
    found = ((row, _place(pattern, (row.title, row.problem, *texts_of(row.steps), row.pitfalls))) for row in rows)
    return [Used(row.title, str(row.article_id), place) for row, place in found if place]


def in_replies(session: Session, term: str, language: str) -> list[Used]:
    """Return the saved replies that use a term in a language."""
    pattern = found_by(term)
    found = ((each, _place(pattern, (each.texts.get(language, ""),))) for each in replies(session))
    return [Used(each.name, str(each.id), place) for each, place in found if place]


def in_notices(session: Session, actor: Actor, term: str, language: str) -> list[Used]:
    """Return the notices that use a term in a language as they stand now, the newest first."""
    newer = aliased(NoticeRevision)
    newest = select(func.max(newer.number)).where(newer.notice_id == Notice.id).scalar_subquery()
    rows = session.execute(
        select(Notice.code, NoticeText.title, NoticeText.summary, NoticeText.document)
        .select_from(Notice)
        .join(NoticeRevision, (NoticeRevision.notice_id == Notice.id) & (NoticeRevision.number == newest))
        .join(NoticeText, (NoticeText.revision_id == NoticeRevision.id) & (NoticeText.language == language))
        .where(visible_to(actor), Notice.state.not_in(_OVER))
        .order_by(Notice.code.desc())
        .limit(_MOST_READ)
    )
    pattern = found_by(term)
    found = ((row, _place(pattern, (row.title, row.summary, *texts_of(row.document)))) for row in rows)
    return [Used(row.title, row.code, place) for row, place in found if place]


def in_questionnaires(session: Session, term: str, language: str) -> list[Used]:
    """Return the questionnaires that use a term in a language, as they are asked now."""
    pattern = found_by(term)
    found = [(each.questionnaire, _place(pattern, words_of(each, language))) for each in latest(session)]
    return [
        Used(Labels(each, language).title.plain, each.id, place, number=each.version) for each, place in found if place
    ]


def words_of(published: Published, language: str) -> Iterator[str]:
    """Yield the texts of a questionnaire that are there in a language."""
    labels = Labels(published.questionnaire, language)
    for each in messages(published.questionnaire):
        label = labels.words(each.context, each.text)
        if not label.lang:
            yield label.text


def _lines(words: str, language: str) -> Iterator[str]:
    """Yield the lines of a text that are written in a language."""
    yield from (each.words for each in lines_of(words, language) if each.language == language)


def texts_of(document: Any) -> Iterator[str]:
    """Yield the texts in a document, however deep."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, Mapping):
        for each in document.values():
            yield from texts_of(each)
    elif isinstance(document, list):
        for each in document:
            yield from texts_of(each)


def _place(pattern: re.Pattern[str], texts: Iterator[str] | tuple[str, ...]) -> str:
    """Return the words around the first place where a term stands; nothing where it stands nowhere."""
    for text in texts:
        match = pattern.search(text)
        if match:
            begin, end = max(match.start() - _AROUND, 0), match.end() + _AROUND
            cut = " ".join(text[begin:end].split())
            return f"{'… ' if begin else ''}{cut}{' …' if end < len(text) else ''}"
    return ""
