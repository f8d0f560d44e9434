"""Questionnaires on the desk: what is published, how it looks, all its paths, publishing, and where people stop."""

from portal.desk.views.questionnaires import listing, previewing, publishing, stopping

__all__ = ["listing", "previewing", "publishing", "stopping"]
