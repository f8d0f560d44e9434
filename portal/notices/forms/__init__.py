"""Forms of notices: what readers answer, and what agents write."""

from portal.notices.forms.answers import AnswerForm
from portal.notices.forms.filling import facts_of, fill_facts, fill_text, words_of
from portal.notices.forms.sending import ReviewerForm, ScheduleForm
from portal.notices.forms.sentences import changed_since_read, done, refusal, thanks
from portal.notices.forms.writing import FactsForm, ReasonForm, RevisionForm, StepForm, SupersedeForm, TextForm

__all__ = [
    "AnswerForm",
    "FactsForm",
    "ReasonForm",
    "ReviewerForm",
    "RevisionForm",
    "ScheduleForm",
    "StepForm",
    "SupersedeForm",
    "TextForm",
    "changed_since_read",
    "done",
    "facts_of",
    "fill_facts",
    "fill_text",
    "refusal",
    "thanks",
    "words_of",
]
