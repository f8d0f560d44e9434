"""What may be done with an article, and by whom."""

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.knowledge.models import Article, ArticleState


class ArticleError(DomainError):
    """Something can't be done with an article: ``own-draft``, ``nothing-to-publish``, ``not-published``."""


def may_publish(article: Article, actor: Actor) -> bool:
    """Whether somebody may publish what is written: a second person, never the one who wrote last."""
    return actor.is_agent and article.draft is not None and article.written_by != actor.person_id


def require_published(article: Article) -> None:
    """Raise ArticleError unless customers read it."""
    if article.state != ArticleState.PUBLISHED:
        raise ArticleError("not-published")
