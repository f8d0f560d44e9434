"""Forms of other tools become questionnaires; what cannot be carried over is listed, never silently dropped."""

from intake.importing.drafting import Draft, Lost
from intake.importing.github import NotAnIssueFormError, from_github_issue_form

__all__ = ["Draft", "Lost", "NotAnIssueFormError", "from_github_issue_form"]
