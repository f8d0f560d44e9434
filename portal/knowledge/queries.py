"""Reads of articles: lists, search by question or answer, and what helps with a fault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, String, and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import Session

from portal.catalogue.models import FaultType, Module, Product
from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.core.i18n import LOCALES
from portal.core.terms import words_of
from portal.knowledge.models import Article, ArticleState, ArticleTerm, ArticleText
from portal.knowledge.services import About

AT_ONCE = 20
_MOST_FOUND = 10
_MOST_HELPING = 3
_CODED = "article-"
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
        return _nearest(self.texts, locale)

    def is_stale(self, today: date) -> bool:
        """Whether it should have been looked over."""
        due = self.article.review_on
        return self.article.state == ArticleState.PUBLISHED and due is not None and due <= today


def _nearest(texts: Mapping[str, ArticleText], locale: str) -> ArticleText | None:
    wanted = (locale, *(("zh_Hans", "zh_Hant") if locale.startswith("zh") else ()), "en", *LOCALES)
    return next((texts[each] for each in wanted if each in texts), None)


@dataclass(frozen=True, slots=True)
class Helping:
    """A published article as somebody reads it who has just told what is wrong."""

    id: UUID
    text: ArticleText
    published_at: datetime | None

    @property
    def code(self) -> str:
        """Return how an answer names it."""
        return f"{_CODED}{self.id.hex}"


def coded(code: str) -> UUID | None:
    """Return the article that an answer names; None where it names none."""
    try:
        return UUID(hex=code.removeprefix(_CODED)) if code.startswith(_CODED) else None
    except ValueError:
        return None


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


def matching(
    session: Session, actor: Actor, *, product: str, module: str = "", fault_type: str = "", limit: int = 5
) -> list[Found]:
    """Return the published articles about a fault: its fault type's first, then its module's, then its product's."""
    about = {"product": product, "module": module, "fault_type": fault_type}
    return [_found(each) for each in _by_article(session, _matching(actor, limit), about).values()]


@lru_cache(maxsize=READERS_KEPT)
def _matching(actor: Actor, limit: int) -> Select[*tuple[Any, ...]]:
    product, module, fault_type = (bindparam(name, type_=String) for name in ("product", "module", "fault_type"))
    nearness = case(
        (and_(Article.module_code == module, Article.fault_type == fault_type, Article.fault_type != ""), 0),
        (and_(Article.module_code == module, Article.module_code != ""), 1),
        else_=2,
    )
    fits = and_(
        Article.product_code == product,
        Article.module_code.in_((module, "")),
        Article.fault_type.in_((fault_type, "")),
    )
    order = (nearness, Article.changed_at.desc(), Article.id)
    nearest = select(Article.id).where(fits, Article.state == ArticleState.PUBLISHED, visible_to(actor))
    return _TITLED.where(Article.id.in_(nearest.order_by(*order).limit(limit))).order_by(*order)


def helping(session: Session, actor: Actor, about: About, *, locale: str, today: date) -> tuple[Helping, ...]:
    """Return the published articles about a fault, then about its module, then about all of its product, as they read.

    Where nobody said in which way it goes wrong, every fault of the module fits. An article that should have been
    looked over by now is left out: nobody is to try what may be wrong.
    """
    fits = and_(Article.product_code == about.product, Article.module_code.in_({about.module, ""}))
    if about.fault_type:
        fits = and_(fits, Article.fault_type.in_({about.fault_type, ""}))
    is_fresh = or_(Article.review_on.is_(None), Article.review_on > today)
    order = (Article.module_code.desc(), Article.fault_type.desc(), Article.changed_at.desc(), Article.id)
    readable = (fits, is_fresh, Article.state == ArticleState.PUBLISHED, visible_to(actor))
    nearest = select(Article.id).where(*readable).order_by(*order).limit(_MOST_HELPING)
    rows = session.execute(
        select(Article.id, Article.published_at, ArticleText)
        .join(ArticleText, and_(ArticleText.article_id == Article.id, ArticleText.revision == Article.published))
        .where(Article.id.in_(nearest))
        .order_by(*order)
    )
    texts: dict[UUID, dict[str, ArticleText]] = {}
    published_at: dict[UUID, datetime | None] = {}
    for article_id, at, text in rows:
        texts.setdefault(article_id, {})[text.language] = text
        published_at[article_id] = at
    found = ((each, _nearest(of_it, locale)) for each, of_it in texts.items())
    return tuple(Helping(each, text, published_at[each]) for each, text in found if text is not None)


def titles_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, Mapping[str, str]]:
    """Return what articles are called, by language."""
    return {each.id: each.titles for each in _listed(session, ids)}


def _listed(session: Session, ids: Sequence[UUID]) -> list[Found]:
    """Return articles with their titles, in a given order, in one statement."""
    if not ids:
        return []
    found = _by_article(session, _TITLED.where(Article.id.in_(ids)))
    return [_found(found[each]) for each in ids]


_NEWEST = func.coalesce(Article.published, Article.draft)
_TITLED = (
    select(Article, Product.names, Module.names, ArticleText.language, ArticleText.title)
    .outerjoin(Product, Product.code == Article.product_code)
    .outerjoin(Module, _is_module())
    .outerjoin(ArticleText, and_(ArticleText.article_id == Article.id, ArticleText.revision == _NEWEST))
)
"""Articles with the titles of their newest revision, one row a language."""


def _by_article(
    session: Session, rows: Select[*tuple[Any, ...]], values: Mapping[str, str] | None = None
) -> dict[UUID, list[Row[*tuple[Any, ...]]]]:
    found: dict[UUID, list[Row[*tuple[Any, ...]]]] = {}
    for row in session.execute(rows, values):
        found.setdefault(row[0].id, []).append(row)
    return found


def _found(rows: Sequence[Row[*tuple[Any, ...]]]) -> Found:
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
