"""A notice as a CSAF 2.0 document: an informational advisory with what is affected, and nothing that isn't."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from portal.core.i18n import LANGUAGE_TAGS, catalogue, in_language
from portal.notices.documents.sheets import url_of
from portal.notices.models import ProductRange, Words
from portal.notices.queries.printing import PrintedNotice
from portal.ui import languages, pages
from portal.ui.pages import N_
from portal.ui.prose import plain_keys

CATEGORY = "csaf_informational_advisory"
_TEXTS = (
    ("what", "summary", N_("What happens")),
    ("who", "general", N_("Who is affected")),
    ("do", "general", N_("What to do")),
    ("cause", "general", N_("Why this happens")),
    ("prevention", "general", N_("How to avoid it later")),
)


def as_csaf(notice: PrintedNotice, locale: str, *, kept: Mapping[str, Any] = MappingProxyType({})) -> Mapping[str, Any]:
    """Return a published notice as a CSAF document in one of its languages.

    ``kept`` is what the notice was taken in with and has no place for; it goes out as it came, in its own language.
    Whoever reads a product tree takes every product in it for affected, so those that aren't stand in a note.
    """
    own = kept if locale == notice.source_language else {}
    affected = [each for each in notice.products if each.is_affected]
    found: dict[str, Any] = {"document": _joined(_document(notice, locale), own)}
    if affected:
        found["product_tree"] = {"branches": [_vendor(affected, locale)]}
    return found


def _joined(document: dict[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document with what was kept: lists grow by what isn't in them yet."""
    joined = {
        name: [*document[name], *(each for each in part if each not in document[name])] if name in document else part
        for name, part in kept.items()
    }
    return {**document, **joined}


def _document(notice: PrintedNotice, locale: str) -> dict[str, Any]:
    settings = languages.settings()
    text = notice.texts[locale]
    return {
        "category": CATEGORY,
        "csaf_version": "2.0",
        "title": text.title,
        "lang": LANGUAGE_TAGS[locale],
        "publisher": {
            "category": "vendor",
            "name": in_language(settings.vendor_name, locale),
            "namespace": _origin(settings.public_url),
            **({"contact_details": settings.support_email} if settings.support_email else {}),
        },
        "tracking": _tracking(notice, locale),
        "notes": [*_notes(text.words, locale), *_product_notes(notice.products, locale)]
        or [{"category": "summary", "text": text.title}],
        "references": [
            # The profile wants something outside the document to read on: the notice's own page is.
            {"category": "external", "summary": text.title, "url": url_of(notice.code)},
            *({"category": "external", "summary": each.words, "url": each.url} for each in text.words.links),
        ],
    }


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _tracking(notice: PrintedNotice, locale: str) -> dict[str, Any]:
    words = catalogue(locale)
    history = sorted(notice.history, key=lambda line: line.number)
    first = words.gettext("First issue.")
    smaller = words.gettext("Small changes of wording.")
    return {
        "id": notice.code,
        "status": "final",
        "version": str(len(history)),
        "initial_release_date": _moment(history[0].published_at),
        "current_release_date": _moment(history[-1].published_at),
        # Revisions that were never published leave gaps in our own numbers; theirs count without any.
        "revision_history": [
            {
                "number": str(number),
                "date": _moment(line.published_at),
                "summary": plain_keys(line.changes.get(locale, "")) or (first if number == 1 else smaller),
            }
            for number, line in enumerate(history, 1)
        ],
        "generator": {"engine": {"name": "Plainport"}},
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _notes(words: Words, locale: str) -> Iterator[dict[str, str]]:
    said = catalogue(locale)
    for part, category, title in _TEXTS:
        text = getattr(words, part)
        if text:
            yield {"category": category, "title": said.gettext(title), "text": plain_keys(text)}
    if words.checklist:
        items = "\n".join(f"- {plain_keys(item.text)}" for item in words.checklist)
        yield {"category": "details", "title": words.checklist_title or said.gettext("Checklist"), "text": items}
    if words.steps:
        yield {
            "category": "details",
            "title": words.steps_title or said.gettext("Step by step"),
            "text": pages.render("formats/steps.txt", locale, steps=words.steps).strip(),
        }


def _product_notes(products: Sequence[ProductRange], locale: str) -> Iterator[dict[str, str]]:
    said = catalogue(locale)
    fixed = [f"{each.name(locale)}: {each.fixed_in}" for each in products if each.fixed_in]
    unaffected = [f"{each.name(locale)} {each.range}".strip() for each in products if not each.is_affected]
    for title, lines in ((N_("Improved from"), fixed), (N_("Not affected"), unaffected)):
        if lines:
            yield {"category": "details", "title": said.gettext(title), "text": "\n".join(lines)}


def _vendor(products: Sequence[ProductRange], locale: str) -> dict[str, Any]:
    by_name: dict[str, list[tuple[int, ProductRange]]] = {}
    for number, each in enumerate(products, 1):
        by_name.setdefault(each.name(locale), []).append((number, each))
    return {
        "category": "vendor",
        "name": in_language(languages.settings().vendor_name, locale),
        "branches": [
            {"category": "product_name", "name": name, "branches": [_versions(name, *each) for each in rows]}
            for name, rows in by_name.items()
        ],
    }


def _versions(name: str, number: int, product: ProductRange) -> dict[str, Any]:
    """Return a range of versions word for word, as it was published."""
    code = "/".join(part for part in (product.product, product.module) if part)
    versions = product.range or "vers:all/*"
    return {
        "category": "product_version_range",
        "name": versions,
        "product": {"name": f"{name} {versions}", "product_id": f"{code}:{number}"},
    }
