"""Changes of articles: written, published by a second person, looked over, recalled."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.audit import note_audit
from portal.core.db import new_id
from portal.core.terms import terms_of
from portal.knowledge.models import Article, ArticleState, ArticleTerm, ArticleText
from portal.knowledge.permissions import ArticleError, may_publish, require_published

_OF_TITLE, _OF_PROBLEM, _OF_ANSWER = 6, 3, 1
"""How much a term says, by where it stands: whoever searches asks rather than answers."""


@dataclass(frozen=True, slots=True)
class About:
    """What an article is about."""

    product: str
    module: str = ""
    fault_type: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, what one should see, and what to do if not."""

    do: str
    see: str
    if_not: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An article's words in one language."""

    title: str
    problem: str = ""
    steps: Sequence[Step] = field(default_factory=tuple)
    pitfalls: str = ""


def start(session: Session, about: About, *, by: Actor, at: datetime) -> Article:
    """Begin an article; nobody but support sees it until a second person publishes it."""
    row = Article(
        id=new_id(),
        product_code=about.product,
        module_code=about.module,
        fault_type=about.fault_type,
        state=ArticleState.DRAFT,
        draft=1,
        written_by=by.person_id,
        created_at=at,
        changed_at=at,
    )
    session.add(row)
    session.flush()
    note_audit(session, "start-article", subject=row, by=by, at=at)
    return row


def write(session: Session, article: Article, language: str, written: Written, *, by: Actor, at: datetime) -> None:
    """Write an article in a language; customers go on reading the published revision."""
    revision = _draft_of(session, article)
    row = session.get(ArticleText, (article.id, revision, language))
    row = row or ArticleText(article_id=article.id, revision=revision, language=language)
    row.title, row.problem, row.pitfalls = written.title, written.problem, written.pitfalls
    row.steps = [asdict(each) for each in written.steps]
    session.add(row)
    article.written_by, article.changed_at = by.person_id, at


def publish(session: Session, article: Article, *, review_on: date, by: Actor, at: datetime) -> None:
    """Let customers read what was written, until the day on which it is to be looked over."""
    if article.draft is None:
        raise ArticleError("nothing-to-publish")
    if not may_publish(article, by):
        raise ArticleError("own-draft")
    texts = _texts(session, article, article.draft)
    if not texts or not all(each.title and each.steps for each in texts):
        raise ArticleError("nothing-to-publish")
    article.state, article.published, article.draft = ArticleState.PUBLISHED, article.draft, None
    article.published_by, article.published_at, article.review_on = by.person_id, at, review_on
    article.recall_reason, article.recalled_by, article.changed_at = "", None, at
    _make_found(session, article, texts)
    note_audit(session, "publish-article", subject=article, by=by, at=at, revision=article.published)


def look_over(session: Session, article: Article, *, review_on: date, by: Actor, at: datetime) -> None:
    """Say that what an article says is still true, until another day."""
    require_published(article)
    article.review_on, article.changed_at = review_on, at
    note_audit(session, "look-over-article", subject=article, by=by, at=at, until=review_on.isoformat())


def recall(session: Session, article: Article, *, reason: str, by: Actor, at: datetime) -> None:
    """Take a wrong article back at once, without waiting for a second person; whoever comes back reads why."""
    require_published(article)
    article.state, article.recall_reason, article.recalled_by = ArticleState.RECALLED, reason, by.person_id
    article.changed_at = at
    if article.draft is None:
        _draft_of(session, article)
    session.execute(delete(ArticleTerm).where(ArticleTerm.article_id == article.id))
    note_audit(session, "recall-article", subject=article, by=by, at=at)


def _draft_of(session: Session, article: Article) -> int:
    """Return the revision that is written on; a new one begins with what is published."""
    if article.draft is None:
        number = (article.published or 0) + 1
        for each in _texts(session, article, article.published):
            copied = {name: getattr(each, name) for name in ("language", "title", "problem", "steps", "pitfalls")}
            session.add(ArticleText(article_id=article.id, revision=number, **copied))
        article.draft = number
        session.flush()
    return article.draft


def _texts(session: Session, article: Article, revision: int | None) -> Sequence[ArticleText]:
    rows = select(ArticleText).where(ArticleText.article_id == article.id, ArticleText.revision == revision)
    return session.scalars(rows.order_by(ArticleText.language)).all()


def _make_found(session: Session, article: Article, texts: Sequence[ArticleText]) -> None:
    """Keep the terms of what is published, and none of what was."""
    session.execute(delete(ArticleTerm).where(ArticleTerm.article_id == article.id))
    weights: dict[str, int] = {}
    for text in texts:
        answer = " ".join(value for step in text.steps for value in step.values())
        parts = ((text.title, _OF_TITLE), (text.problem, _OF_PROBLEM), (f"{answer} {text.pitfalls}", _OF_ANSWER))
        for words, weight in parts:
            for term in terms_of(words):
                weights[term] = max(weight, weights.get(term, 0))
    rows = [{"term": term, "article_id": article.id, "weight": weight} for term, weight in weights.items()]
    session.execute(insert(ArticleTerm), rows)
