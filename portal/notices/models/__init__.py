"""Tables of notices, and the values that are kept in them."""

from portal.notices.models.finding import NoticeWords
from portal.notices.models.following import (
    AffectedReport,
    Channel,
    NoticeCopy,
    NoticeError,
    NoticeReminder,
    ReportSource,
)
from portal.notices.models.paper import PrintBatch, PrintPart
from portal.notices.models.products import ProductRange, product_ranges
from portal.notices.models.series import NoticeSeason, NoticeSeries
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
from portal.notices.models.windows import MaintenanceWindow
from portal.notices.models.words import CheckItem, Link, Step, Words, fingerprint

__all__ = [
    "IN_FORCE",
    "SETTLED",
    "ActionNeeded",
    "AffectedReport",
    "AudienceKind",
    "Channel",
    "CheckItem",
    "Link",
    "MaintenanceWindow",
    "Notice",
    "NoticeAudience",
    "NoticeCheck",
    "NoticeCopy",
    "NoticeError",
    "NoticeKind",
    "NoticeReminder",
    "NoticeRevision",
    "NoticeScope",
    "NoticeSeason",
    "NoticeSeries",
    "NoticeState",
    "NoticeText",
    "NoticeWords",
    "PrintBatch",
    "PrintPart",
    "ProductRange",
    "Receipt",
    "ReceiptKind",
    "ReportSource",
    "RevisionState",
    "Step",
    "TextStatus",
    "Words",
    "fingerprint",
    "product_ranges",
]
