"""Tables of plans, of emergencies and drills, and of what was learned."""

from portal.plans.models.emergencies import Emergency, EmergencyCall, EmergencyEntry, EmergencyStep
from portal.plans.models.learning import AfterAction, EmergencyAction, EmergencyActionPromise
from portal.plans.models.plans import EmergencyPlan, PlanContact, PlanRole, PlanStep
from portal.plans.models.states import EntryKind, IncidentClass, Mode

__all__ = [
    "AfterAction",
    "Emergency",
    "EmergencyAction",
    "EmergencyActionPromise",
    "EmergencyCall",
    "EmergencyEntry",
    "EmergencyPlan",
    "EmergencyStep",
    "EntryKind",
    "IncidentClass",
    "Mode",
    "PlanContact",
    "PlanRole",
    "PlanStep",
]
