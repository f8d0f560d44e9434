"""What is asked about plans and emergencies."""

from portal.plans.forms.planning import PlanForm
from portal.plans.forms.running import AnswerForm, LookBackForm, NoteForm, TellForm
from portal.plans.forms.starting import LINKED, SEPARATE, StartForm
from portal.plans.forms.texts import are_holding_words, holding_words, problems_of, reasons
from portal.plans.forms.words import kind_words, refusal

__all__ = [
    "LINKED",
    "SEPARATE",
    "AnswerForm",
    "LookBackForm",
    "NoteForm",
    "PlanForm",
    "StartForm",
    "TellForm",
    "are_holding_words",
    "holding_words",
    "kind_words",
    "problems_of",
    "reasons",
    "refusal",
]
