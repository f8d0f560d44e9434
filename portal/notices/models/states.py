"""What a notice can be, and where it can stand."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is."""

    ADVISORY = "advisory"
    KNOWN_ISSUE = "known_issue"
    INCIDENT = "incident"
    MAINTENANCE = "maintenance"


class NoticeState(StrEnum):
    """Where a notice stands for its readers."""

    DRAFT = "draft"
    ACTIVE = "active"
    WATCHING = "watching"
    RESOLVED = "resolved"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class RevisionState(StrEnum):
    """Where the words of a revision stand on their way to the readers."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"


class TextStatus(StrEnum):
    """How far the words in one language can be relied on."""

    SOURCE = "source"
    DRAFT = "draft"
    REVIEWED = "reviewed"


class ActionNeeded(StrEnum):
    """What the reader is asked for."""

    REQUIRED = "required"
    CHECK = "check"
    NONE = "none"


class NoticeScope(StrEnum):
    """Who may read a notice."""

    PUBLIC = "public"
    CUSTOMERS = "customers"
    TARGETED = "targeted"


class AudienceKind(StrEnum):
    """By what a targeted notice finds its organisations."""

    PRODUCT = "product"
    REGION = "region"
    TIER = "tier"
    ORGANISATION = "organisation"
    EXCEPT = "except"


class ReceiptKind(StrEnum):
    """What a contact answered."""

    OPENED = "opened"
    READ = "read"
    NOT_APPLICABLE = "not_applicable"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NEED_HELP = "need_help"


IN_FORCE = (NoticeState.ACTIVE, NoticeState.WATCHING, NoticeState.RESOLVED)
"""States in which a notice stands in the lists of its readers."""
SETTLED = (ReceiptKind.DONE, ReceiptKind.NOT_APPLICABLE)
"""Answers after which nobody is asked again."""
