"""Forms of notices: what readers answer, and what agents write."""

from portal.notices.forms.answers import AnswerForm
from portal.notices.forms.writing import FactsForm, ReasonForm, RevisionForm, StepForm, SupersedeForm, TextForm, read_day

__all__ = [
    "AnswerForm",
    "FactsForm",
    "ReasonForm",
    "RevisionForm",
    "StepForm",
    "SupersedeForm",
    "TextForm",
    "read_day",
]
