"""What is asked about plans and emergencies."""

from portal.plans.forms.planning import PlanForm
from portal.plans.forms.running import LookBackForm, NoteForm, StartForm, TellForm, problems_of
from portal.plans.forms.words import kind_words

__all__ = ["LookBackForm", "NoteForm", "PlanForm", "StartForm", "TellForm", "kind_words", "problems_of"]
