"""Reads of articles: lists, one with its words, and search by question or answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from portal.catalogue.models import FaultType, Module, Product
from portal.core.actor import Actor
from portal.core.i18n import LOCALES
from portal.core.terms import words_of
from portal.knowledge.models import Article, ArticleState, ArticleTerm, ArticleText

AT_ONCE = 20
_MOST_FOUND = 10
_ENOUGH = 5
"""What is found has at least one in so many of the terms that were asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article in a list."""

    id: UUID
    titles: Mapping[str, str]
    state: ArticleState
    has_draft: bool
    product_names: Mapping[str, str]
    module_names: Mapping[str, str]
    review_on: date | None

    def is_stale(self, today: date) -> bool:
        """Whether it should have been looked over."""
        return self.state == ArticleState.PUBLISHED and self.review_on is not None and self.review_on <= today


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as a page shows it, in every language that it has."""

    article: Article
    texts: Mapping[str, ArticleText]
    names: Sequence[Mapping[str, str]]
    """Of the product, the module, the fault type, as far as it has them."""

    def text(self, locale: str) -> ArticleText | None:
        """Return it in a language, or in the nearest that there is."""
        return nearest_text(self.texts, locale)

    def is_stale(self, today: date) -> bool:
        """Whether it should have been looked over."""
        due = self.article.review_on
        return self.article.state == ArticleState.PUBLISHED and due is not None and due <= today


def nearest_text(texts: Mapping[str, ArticleText], locale: str) -> ArticleText | None:
    """Return a text in a language, or in the nearest that there is."""
    wanted = (locale, *(("zh_Hans", "zh_Hant") if locale.startswith("zh") else ()), "en", *LOCALES)
    return next((texts[each] for each in wanted if each in texts), None)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an article is one that somebody may see; of a recalled one, customers read why."""
    if actor.is_agent:
        return true() if actor.products is None else Article.product_code.in_(sorted(actor.products))
    return Article.state.in_((ArticleState.PUBLISHED, ArticleState.RECALLED))


def find_article(session: Session, actor: Actor, article_id: UUID) -> Article | None:
    """Return one article; None where it isn't there or isn't for them."""
    return session.scalars(select(Article).where(Article.id == article_id, visible_to(actor))).one_or_none()


def shown(session: Session, actor: Actor, article_id: UUID, *, is_draft: bool = False) -> Shown | None:
    """Return an article with its words: the published ones, or those that are being written."""
    row = session.execute(
        select(Article, Product.names, Module.names, FaultType.names)
        .outerjoin(Product, Product.code == Article.product_code)
        .outerjoin(Module, _is_module())
        .outerjoin(FaultType, _is_fault_type())
        .where(Article.id == article_id, visible_to(actor))
    ).one_or_none()
    if row is None:
        return None
    article, *names = row
    revision = article.draft if is_draft and article.draft else article.published
    texts = session.scalars(
        select(ArticleText).where(ArticleText.article_id == article.id, ArticleText.revision == revision)
    )
    return Shown(article, {each.language: each for each in texts}, [each for each in names if each])


def _is_module() -> ColumnElement[bool]:
    return and_(Module.product_code == Article.product_code, Module.code == Article.module_code)


def _is_fault_type() -> ColumnElement[bool]:
    return and_(
        FaultType.product_code == Article.product_code,
        FaultType.module_code == Article.module_code,
        FaultType.code == Article.fault_type,
    )


def articles(
    session: Session, actor: Actor, *conditions: ColumnElement[bool], after: UUID | None = None
) -> list[Found]:
    """Return some articles, those changed last first, one more than a page has where there are more."""
    rows = select(Article.id).where(visible_to(actor), *conditions)
    if after:
        last = select(Article.changed_at).where(Article.id == after).scalar_subquery()
        rows = rows.where(or_(Article.changed_at < last, and_(Article.changed_at == last, Article.id < after)))
    ids = session.scalars(rows.order_by(Article.changed_at.desc(), Article.id.desc()).limit(AT_ONCE + 1)).all()
    return _listed(session, ids)


def published(session: Session, actor: Actor, *, after: UUID | None = None) -> list[Found]:
    """Return what customers may read."""
    return articles(session, actor, Article.state == ArticleState.PUBLISHED, after=after)


def in_state(session: Session, actor: Actor, shelf: str, *, today: date, after: UUID | None = None) -> list[Found]:
    """Return one shelf of the desk: ``drafts``, ``due``, ``published`` or ``recalled``."""
    return articles(
        session,
        actor,
        {
            "drafts": Article.draft.is_not(None),
            "due": and_(Article.state == ArticleState.PUBLISHED, Article.review_on <= today),
            "published": Article.state == ArticleState.PUBLISHED,
            "recalled": Article.state == ArticleState.RECALLED,
        }[shelf],
        after=after,
    )


def search(session: Session, actor: Actor, typed: str) -> list[Found]:
    """Return the published articles that say most about a question, or whose answer has these words; best first."""
    terms = sorted({term for word in words_of(typed) for term in word})
    if not terms:
        return []
    weight, number = func.sum(ArticleTerm.weight), func.count()
    rows = (
        select(ArticleTerm.article_id)
        .join(Article, Article.id == ArticleTerm.article_id)
        .where(ArticleTerm.term.in_(terms), Article.state == ArticleState.PUBLISHED, visible_to(actor))
        .group_by(ArticleTerm.article_id)
        .having(number * _ENOUGH >= len(terms))
        .order_by(weight.desc(), ArticleTerm.article_id)
        .limit(_MOST_FOUND)
    )
    return _listed(session, session.scalars(rows).all())


def titles_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, Mapping[str, str]]:
    """Return what articles are called, by language."""
    return {each.id: each.titles for each in _listed(session, ids)}


def _listed(session: Session, ids: Sequence[UUID]) -> list[Found]:
    """Return articles with their titles, in a given order, in one statement."""
    if not ids:
        return []
    found = by_article(session, TITLED.where(Article.id.in_(ids)))
    return [found_of(found[each]) for each in ids]


_NEWEST = func.coalesce(Article.published, Article.draft)
TITLED = (
    select(Article, Product.names, Module.names, ArticleText.language, ArticleText.title)
    .outerjoin(Product, Product.code == Article.product_code)
    .outerjoin(Module, _is_module())
    .outerjoin(ArticleText, and_(ArticleText.article_id == Article.id, ArticleText.revision == _NEWEST))
)
"""Articles with the titles of their newest revision, one row a language."""


def by_article(
    session: Session, rows: Select[*tuple[Any, ...]], values: Mapping[str, Any] | None = None
) -> dict[UUID, list[Row[*tuple[Any, ...]]]]:
    """Return the rows of articles with their titles together, article by article."""
    found: dict[UUID, list[Row[*tuple[Any, ...]]]] = {}
    for row in session.execute(rows, values):
        found.setdefault(row[0].id, []).append(row)
    return found


def found_of(rows: Sequence[Row[*tuple[Any, ...]]]) -> Found:
    """Return an article as a list shows it, of its rows with titles."""
    article: Article = rows[0][0]
    product, module = rows[0][1], rows[0][2]
    titles = {row[3]: row[4] for row in rows if row[3]}
    first = next(iter(titles.values()), "")
    return Found(
        article.id,
        {
            locale: titles.get(locale) or titles.get("zh_Hans" if locale == "zh_Hant" else "en") or first
            for locale in LOCALES
        },
        ArticleState(article.state),
        article.draft is not None,
        product or {"en": article.product_code},
        module or {},
        article.review_on,
    )
