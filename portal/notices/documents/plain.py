"""What a notice says, as plain values for other programs: in its JSON, and inside its PDF."""

from collections.abc import Mapping

from portal.core.i18n import LANGUAGE_TAGS
from portal.notices.models import ProductRange
from portal.notices.queries.printing import PrintedNotice
from portal.outbox.plain import Plain

SCHEMA = "plainport-notice/1"


def as_plain(notice: PrintedNotice, url: str) -> Mapping[str, Plain]:
    """Return everything that a notice says, with its languages as HTML writes them."""
    return {
        "schema": SCHEMA,
        "code": notice.code,
        "url": url,
        "kind": notice.kind.value,
        "revision": notice.number,
        "published_at": notice.published_at.isoformat() if notice.published_at else None,
        "action": notice.action.value,
        "act_by": notice.act_by.isoformat() if notice.act_by else None,
        "expires_on": notice.expires_on.isoformat(),
        "products": [_product(each) for each in notice.products],
        "texts": {
            LANGUAGE_TAGS[language]: {"title": text.title, **text.words.as_document()}
            for language, text in notice.texts.items()
        },
        "revisions": [
            {
                "number": line.number,
                "published_at": line.published_at.isoformat(),
                "changes": _tagged(line.changes),
            }
            for line in notice.history
        ],
    }


def _product(product: ProductRange) -> dict[str, Plain]:
    return {
        "product": product.product,
        "module": product.module,
        "names": _tagged(product.names),
        "module_names": _tagged(product.module_names),
        "range": product.range,
        "is_affected": product.is_affected,
        "fixed_in": product.fixed_in,
    }


def _tagged(texts: Mapping[str, str]) -> dict[str, Plain]:
    return {LANGUAGE_TAGS.get(language, language): text for language, text in texts.items() if text}
