"""Which products and versions a notice is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from portal.core.i18n import in_language


@dataclass(frozen=True, slots=True)
class ProductRange:
    """A product, the versions that were published for it, and whether those are affected."""

    product: str
    module: str
    names: Mapping[str, str]
    """The product's by locale, as the catalogue had them when the notice was written."""
    module_names: Mapping[str, str]
    """The module's; empty where the whole product is meant."""
    range: str
    """Word for word as somebody wrote it."""
    is_affected: bool = True
    fixed_in: str = ""

    def product_name(self, locale: str) -> str:
        """Return the product's name in a language."""
        return in_language(self.names, locale)

    def name(self, locale: str) -> str:
        """Return the product's name in a language, with the module's where there is one."""
        parts = [in_language(self.names, locale), in_language(self.module_names, locale)]
        return " · ".join(part for part in parts if part)

    def as_row(self) -> dict[str, Any]:
        """Return the range as it is stored."""
        return asdict(self)


def product_ranges(rows: Iterable[Mapping[str, Any]]) -> Sequence[ProductRange]:
    """Read the stored rows of a revision."""
    return [ProductRange(**row) for row in rows]
