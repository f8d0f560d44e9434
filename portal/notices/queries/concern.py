"""Whether a notice concerns an organisation, and because of what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from intake.versions import Verdict, check, parse_range
from portal.notices.models import ProductRange


@dataclass(frozen=True, slots=True)
class Installed:
    """Something an organisation runs, as far as we know."""

    product: str
    modules: frozenset[str]
    """None named means all of them."""
    version: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A product of the notice that the organisation runs, and what its version means."""

    product: ProductRange
    version: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Concern:
    """What a notice means for one organisation; no verdict means that it is for everyone."""

    verdict: Verdict | None
    reasons: tuple[Reason, ...] = ()

    @property
    def is_likely(self) -> bool:
        """Whether the organisation should read it: everyone, the affected, and those who must look for themselves."""
        return self.verdict is not Verdict.NOT_AFFECTED

    @property
    def decisive(self) -> tuple[Reason, ...]:
        """The reasons that gave the verdict."""
        return tuple(each for each in self.reasons if each.verdict is self.verdict)

    def versions_of(self, product: ProductRange) -> list[str]:
        """Return the versions of a product that the organisation runs."""
        return [each.version for each in self.reasons if each.product == product]


def concern(products: Sequence[ProductRange], installed: Iterable[Installed]) -> Concern:
    """Return whether an organisation is concerned; what can't be known is for it to check."""
    if not products:
        return Concern(None)
    runs = list(installed)
    reasons = tuple(_reason(product, one) for product in products for one in runs if _is_about(product, one))
    return Concern(_together(reasons, is_anything_known=bool(runs)), reasons)


def _is_about(product: ProductRange, one: Installed) -> bool:
    is_its_module = not product.module or not one.modules or product.module in one.modules
    return product.product == one.product and is_its_module


def _reason(product: ProductRange, one: Installed) -> Reason:
    verdict = _verdict(product.range, one.version or None) if product.is_affected else Verdict.NOT_AFFECTED
    return Reason(product, one.version, verdict)


@lru_cache(maxsize=20_000)
def _verdict(range_text: str, version: str | None) -> Verdict:
    """Return what a range says of a version; the same few are asked for every organisation."""
    return check(range_text, version)


def _together(reasons: Sequence[Reason], *, is_anything_known: bool) -> Verdict:
    found = {each.verdict for each in reasons}
    if not is_anything_known:
        return Verdict.PLEASE_CHECK
    for verdict in (Verdict.AFFECTED, Verdict.PLEASE_CHECK):
        if verdict in found:
            return verdict
    return Verdict.NOT_AFFECTED


class RangeKind(StrEnum):
    """The shapes of range that a page can say in the reader's language."""

    ALL = "all"
    ONE = "one"
    BETWEEN = "between"
    FROM = "from"
    UNTIL = "until"
    BEFORE = "before"
    AS_WRITTEN = "as_written"


@dataclass(frozen=True, slots=True)
class RangeShape:
    """A published range, in parts that can be put into words."""

    kind: RangeKind
    text: str
    low: str = ""
    high: str = ""


def is_understood(text: str) -> bool:
    """Whether a range can be compared with versions; where it can't, its readers are asked to check."""
    return parse_range(text) is not None


def range_shape(text: str) -> RangeShape:
    """Return the parts of a range; one that isn't a simple stretch is shown as it was written."""
    understood = parse_range(text)
    if understood is None or len(understood.spans) != 1:
        return RangeShape(RangeKind.AS_WRITTEN, text)
    span = understood.spans[0]
    if any(end is not None and end.is_floor for end in (span.low, span.high)) or not span.has_low:
        return RangeShape(RangeKind.AS_WRITTEN, text)
    low, high = (end.text if end else "" for end in (span.low, span.high))
    return RangeShape(_kind(low, high, has_high=span.has_high), text, low, high)


def _kind(low: str, high: str, *, has_high: bool) -> RangeKind:
    if not low and not high:
        return RangeKind.ALL
    if low and high:
        if not has_high:
            return RangeKind.AS_WRITTEN
        return RangeKind.ONE if low == high else RangeKind.BETWEEN
    if low:
        return RangeKind.FROM
    return RangeKind.UNTIL if has_high else RangeKind.BEFORE
