"""Reads of articles about a fault: for whoever has it, and for whoever mends it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, case, false, func, or_, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.core.terms import words_of
from portal.knowledge.models import Article, ArticleState, ArticleTerm, ArticleText
from portal.knowledge.queries.reading import TITLED, Found, by_article, found_of, nearest_text, visible_to
from portal.knowledge.services import About

MOST_MATCHING = 5
_MOST_HELPING = 3
_CODED = "article-"


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


def matching(
    session: Session, actor: Actor, about: About, *, error_code: str = "", limit: int = MOST_MATCHING
) -> list[Found]:
    """Return the published articles that somebody who mends a fault may use, the nearest first.

    Those that name its error code come first, then those of its fault type, of its module, of its product. Where
    nobody said in which way it goes wrong, every fault of the module fits.
    """
    terms = _telling(error_code)
    about_it = {"product": about.product, "module": about.module, "fault_type": about.fault_type}
    values = {**about_it, **({"terms": terms, "number": len(terms)} if terms else {})}
    if not about.product and not terms:
        return []
    rows = by_article(session, _matching(actor, limit, names_error=bool(terms)), values)
    return [found_of(each) for each in rows.values()]


def _telling(error_code: str) -> list[str]:
    """Return the terms of an error code that has a number: a word alone would be found everywhere."""
    terms = sorted({term for word in words_of(error_code) for term in word})
    return terms if any(each.isdigit() or not each.isalpha() for each in terms) else []


@lru_cache(maxsize=READERS_KEPT)
def _matching(actor: Actor, limit: int, *, names_error: bool) -> Select[*tuple[Any, ...]]:
    product, module, fault_type = (bindparam(name, type_=String) for name in ("product", "module", "fault_type"))
    says_error = _says_error(product) if names_error else false()
    nearness = case(
        (says_error, 0),
        (and_(Article.module_code == module, Article.fault_type == fault_type, Article.fault_type != ""), 1),
        (and_(Article.module_code == module, Article.module_code != ""), 2),
        else_=3,
    )
    fits = and_(
        Article.product_code == product,
        Article.module_code.in_((module, "")),
        or_(Article.fault_type.in_((fault_type, "")), fault_type == ""),
    )
    order = (nearness, Article.changed_at.desc(), Article.id)
    readable = (or_(fits, says_error), Article.state == ArticleState.PUBLISHED, visible_to(actor))
    nearest = select(Article.id).where(*readable).order_by(*order).limit(limit)
    return TITLED.where(Article.id.in_(nearest)).order_by(*order)


def _says_error(product: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that an article of the product says the whole error code; of any, where none is known."""
    saying = (
        select(ArticleTerm.article_id)
        .where(ArticleTerm.term.in_(bindparam("terms", expanding=True)))
        .group_by(ArticleTerm.article_id)
        .having(func.count() == bindparam("number", type_=Integer))
    )
    return and_(Article.id.in_(saying), or_(Article.product_code == product, product == ""))


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
    found = ((each, nearest_text(of_it, locale)) for each, of_it in texts.items())
    return tuple(Helping(each, text, published_at[each]) for each, text in found if text is not None)
