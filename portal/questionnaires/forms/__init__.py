"""What the desk reads about a questionnaire in words: conditions, differences, all paths, and how to publish."""

from portal.questionnaires.forms.conditions import condition_words
from portal.questionnaires.forms.differences import changed_questions, difference_words
from portal.questionnaires.forms.paths import PagePath, QuestionPath, paths_of
from portal.questionnaires.forms.publishing import SourceForm, refusal_words

__all__ = [
    "PagePath",
    "QuestionPath",
    "SourceForm",
    "changed_questions",
    "condition_words",
    "difference_words",
    "paths_of",
    "refusal_words",
]
