"""Tables of notices, and the values that are kept in them."""

from portal.notices.models.products import ProductRange, product_ranges
from portal.notices.models.states import (
    IN_FORCE,
    SETTLED,
    ActionNeeded,
    AudienceKind,
    NoticeKind,
    NoticeScope,
    NoticeState,
    ReceiptKind,
    RevisionState,
    TextStatus,
)
from portal.notices.models.tables import (
    Notice,
    NoticeAudience,
    NoticeCheck,
    NoticeRevision,
    NoticeText,
    Receipt,
)
from portal.notices.models.words import CheckItem, Link, Step, Words, fingerprint

__all__ = [
    "IN_FORCE",
    "SETTLED",
    "ActionNeeded",
    "AudienceKind",
    "CheckItem",
    "Link",
    "Notice",
    "NoticeAudience",
    "NoticeCheck",
    "NoticeKind",
    "NoticeRevision",
    "NoticeScope",
    "NoticeState",
    "NoticeText",
    "ProductRange",
    "Receipt",
    "ReceiptKind",
    "RevisionState",
    "Step",
    "TextStatus",
    "Words",
    "fingerprint",
    "product_ranges",
]
