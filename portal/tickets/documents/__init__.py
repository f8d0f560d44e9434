"""What tickets say on pages and on paper: the snapshot in the words of its questionnaire, and the printed sheet."""

from portal.tickets.documents.describing import Said, described
from portal.tickets.documents.sheet import DOCUMENT_KIND, edition, init_app

__all__ = ["DOCUMENT_KIND", "Said", "described", "edition", "init_app"]
