"""What of a CSAF document becomes a notice, and what finds no place in it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from unicodedata import normalize

from portal.core.i18n import SOURCE_LOCALE, accepted_locale
from portal.notices.models import Link, ProductRange, Words

MOST_PRODUCTS = 60
"""Rows that the page for a notice's facts has; a longer list stays in the document it came from."""
_LONGEST_TITLE = 200
_LONGEST_PARAGRAPH = 1200
_LONGEST_RANGE = 200
_VENDORS = ("vendor", "product_family")
_RANGES = ("product_version", "product_version_range")
_READ = {"category", "csaf_version", "title", "lang", "publisher", "tracking", "notes", "references"}
"""Parts of ``/document`` that are looked at here."""

FindProduct = Callable[[str], ProductRange | None]
"""Finds a product of the catalogue by its name in any language."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A notice as it can be made from a document."""

    title: str
    locale: str
    words: Words
    products: Sequence[ProductRange]
    kept_unmapped: Sequence[str]
    """JSON pointers to what found no place."""


def map_csaf(whole: Mapping[str, Any], find: FindProduct) -> Mapped:
    """Return the notice that a document makes; ``find`` knows the catalogue."""
    document = whole["document"]
    unmapped = [f"/{_pointed(name)}" for name in whole if name not in ("document", "product_tree")]
    unmapped += [f"/document/{_pointed(name)}" for name in document if name not in _READ]
    title = " ".join(str(document["title"]).split())  # a subject has one line
    if len(title) > _LONGEST_TITLE:
        unmapped.append("/document/title")
    words, left = _words(document)
    products, strange = _products(whole.get("product_tree", {}), find, _unaffected(whole.get("vulnerabilities", ())))
    return Mapped(
        title=title[:_LONGEST_TITLE],
        locale=accepted_locale(str(document.get("lang", ""))) or SOURCE_LOCALE,
        words=words,
        products=products,
        kept_unmapped=[*unmapped, *left, *strange],
    )


def _pointed(name: str) -> str:
    """Return a name as JSON pointers write it."""
    return name.replace("~", "~0").replace("/", "~1")


def _words(document: Mapping[str, Any]) -> tuple[Words, list[str]]:
    """Return the words, and pointers to what is too long or has no place: there is one of each only."""
    said: dict[str, str] = {}
    unmapped = []
    for number, note in enumerate(document.get("notes", ())):
        part = _part_of(note)
        text = str(note["text"]).strip()
        if part is None or part in said or len(text) > _LONGEST_PARAGRAPH:
            unmapped.append(f"/document/notes/{number}")
        else:
            said[part] = text
    links, left = _links(document.get("references", ()))
    return Words.of({**said, "links": [asdict(each) for each in links]}), [*unmapped, *left]


_PARTS_BY_TITLE = {
    "what": ("what happens", "summary", "overview", "会发生什么", "會發生什麼"),
    "who": ("who is affected", "impact", "谁会受影响", "誰會受影響"),
    "do": ("what to do", "recommendation", "recommendations", "workaround", "mitigation", "请您做什么", "請您做什麼"),
    "cause": ("why this happens", "cause", "为什么会这样", "為什麼會這樣"),
    "prevention": ("how to avoid it later", "prevention", "以后怎样避免", "以後怎樣避免"),
}
_PART_BY_TITLE = {title: part for part, titles in _PARTS_BY_TITLE.items() for title in titles}


def _part_of(note: Mapping[str, Any]) -> str | None:
    title = normalize("NFKC", str(note.get("title", ""))).strip().lower()
    if title in _PART_BY_TITLE:
        return _PART_BY_TITLE[title]
    return "what" if note["category"] in ("summary", "description") else None


def _links(references: Sequence[Mapping[str, Any]]) -> tuple[tuple[Link, ...], list[str]]:
    links: list[Link] = []
    unmapped = []
    for number, each in enumerate(references):
        url = str(each["url"])
        if re.match(r"https?://", url) and len(links) < 10:
            links.append(Link(str(each["summary"])[:_LONGEST_TITLE], url))
        else:
            unmapped.append(f"/document/references/{number}")
    return tuple(links), unmapped


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One product of the tree: what it is called, which versions of it, and where it stands."""

    name: str
    range: str
    pointer: str
    id: str


_AFFECTED = ("known_affected", "first_affected", "last_affected", "under_investigation")
_NOT_AFFECTED = ("known_not_affected", "fixed", "first_fixed")


def _unaffected(vulnerabilities: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Return the products that are said to be safe from everything; one that is still looked at isn't."""
    said = [each.get("product_status", {}) for each in vulnerabilities]
    safe = {product for status in said for name in _NOT_AFFECTED for product in status.get(name, ())}
    return frozenset(safe - {product for status in said for name in _AFFECTED for product in status.get(name, ())})


def _products(
    tree: Mapping[str, Any], find: FindProduct, unaffected: frozenset[str]
) -> tuple[list[ProductRange], list[str]]:
    leaves = [*_branches(tree.get("branches", ()), "/product_tree/branches", "")]
    leaves += [
        _Leaf(str(each["name"]), "", f"/product_tree/full_product_names/{number}", str(each["product_id"]))
        for number, each in enumerate(tree.get("full_product_names", ()))
    ]
    unmapped = [f"/product_tree/{_pointed(name)}" for name in tree if name not in ("branches", "full_product_names")]
    rows: dict[tuple[str, str, str], ProductRange] = {}
    for leaf in leaves:
        row = replace(_row(leaf, find), is_affected=leaf.id not in unaffected)
        key = (row.product, row.module, row.range)
        if len(leaf.range) > _LONGEST_RANGE or (key not in rows and len(rows) >= MOST_PRODUCTS):
            unmapped.append(leaf.pointer)
        else:
            rows.setdefault(key, row)
    return [*rows.values()], unmapped


def _branches(branches: Sequence[Mapping[str, Any]], pointer: str, name: str) -> Iterator[_Leaf]:
    """Yield the products of a tree, each named by the branches above it but the vendor's."""
    for number, each in enumerate(branches):
        here = f"{pointer}/{number}"
        is_range = each["category"] in _RANGES
        own = name if is_range or each["category"] in _VENDORS else f"{name} {each['name']}".strip()
        if "branches" in each:
            yield from _branches(each["branches"], f"{here}/branches", own)
        if "product" in each:
            product = each["product"]
            versions = str(each["name"]) if is_range else ""
            yield _Leaf(own or str(product["name"]), versions, here, str(product["product_id"]))


def _row(leaf: _Leaf, find: FindProduct) -> ProductRange:
    # An advisory of our own has the catalogue's code in its ids, whatever language its names are in.
    known = find(leaf.name) or find(leaf.id.rpartition(":")[0])
    if known is not None:
        return ProductRange(known.product, known.module, known.names, known.module_names, leaf.range)
    return ProductRange(_slug(leaf.name), "", {SOURCE_LOCALE: leaf.name[:_LONGEST_TITLE]}, {}, leaf.range)


def _slug(name: str) -> str:
    """Return a code for a product that the catalogue doesn't know."""
    return re.sub(r"[^\w]+", "-", normalize("NFKC", name).lower()).strip("-")[:60] or "product"
