"""Taking a notice in from CSAF: a draft is made, and the whole document is kept beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unicodedata import normalize

from sqlalchemy.orm import Session

from portal.catalogue.queries import entries
from portal.core.actor import Actor
from portal.formats.models import NoticeImport
from portal.formats.services.mapping import FindProduct, Mapped, map_csaf
from portal.notices import services
from portal.notices.models import ActionNeeded, Notice, NoticeKind, NoticeScope, ProductRange
from portal.notices.services import Draft, Facts

_IN_FORCE = timedelta(days=365)
"""How long a notice stands that says nothing of it; whoever reads the draft puts it right."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a document."""

    code: str
    products: int
    ranges: int
    kept_unmapped: Sequence[str]


def preview_csaf(session: Session, document: Mapping[str, Any]) -> Mapped:
    """Return the notice that a document would make, without making it."""
    return map_csaf(document, catalogue_finder(session))


def import_csaf(session: Session, document: Mapping[str, Any], file_name: str, *, by: Actor, at: datetime) -> Imported:
    """Make a draft from a document that keeps to the schema."""
    mapped = preview_csaf(session, document)
    notice = _start(session, mapped, by=by, at=at)
    services.save_text(session, notice, mapped.locale, Draft(mapped.title, mapped.words), by=by)
    session.add(
        NoticeImport(
            notice_id=notice.id,
            file_name=file_name[:255],
            document=dict(document),
            kept_unmapped=list(mapped.kept_unmapped),
            imported_by=by.person_id,
            imported_at=at,
        )
    )
    session.flush()
    return Imported(notice.code, *count(mapped.products), mapped.kept_unmapped)


def count(products: Sequence[ProductRange]) -> tuple[int, int]:
    """Return how many products, and how many ranges of versions, a document names."""
    return len({(each.product, each.module) for each in products}), sum(bool(each.range) for each in products)


def _start(session: Session, mapped: Mapped, *, by: Actor, at: datetime) -> Notice:
    facts = Facts(
        kind=NoticeKind.ADVISORY,
        scope=NoticeScope.CUSTOMERS,
        action=ActionNeeded.CHECK,
        expires_on=(at + _IN_FORCE).date(),
        products=mapped.products,
        source_language=mapped.locale,
    )
    return services.start_notice(session, facts, by=by, at=at)


def catalogue_finder(session: Session) -> FindProduct:
    """Return what finds a product of the catalogue by its code or its name in any language."""
    known: dict[str, ProductRange] = {}
    for entry in entries(session):
        row = ProductRange(entry.product, entry.module, entry.names, entry.module_names, "")
        names = [entry.code, *(entry.name(locale) for locale in entry.names)]
        names += [entry.name(locale).replace(" · ", " ") for locale in entry.names]
        for name in names:
            known.setdefault(_folded(name), row)
    return lambda name: known.get(_folded(name))


def _folded(name: str) -> str:
    return normalize("NFKC", name).casefold().strip()
