"""Reads of plans, and of emergencies and drills."""

from portal.plans.queries.emergencies import (
    EmergencyPage,
    LogLine,
    emergencies,
    emergency_page,
    emergency_to_change,
    step_of,
    summary_for_paper,
    summary_page,
)
from portal.plans.queries.plans import (
    PlanPage,
    agents,
    contacts_of,
    joined,
    organisation_name,
    own_link,
    plan_page,
    plan_to_change,
    plans,
)
from portal.plans.queries.readers import Readers, readers_of
from portal.plans.queries.running import running_drill, running_nearby, running_on
from portal.plans.queries.told import Called, Drill, LookedBack, called, drill_for, looked_back_for
from portal.plans.queries.visibility import emergencies_visible_to, visible_to

__all__ = [
    "Called",
    "Drill",
    "EmergencyPage",
    "LogLine",
    "LookedBack",
    "PlanPage",
    "Readers",
    "agents",
    "called",
    "contacts_of",
    "drill_for",
    "emergencies",
    "emergencies_visible_to",
    "emergency_page",
    "emergency_to_change",
    "joined",
    "looked_back_for",
    "organisation_name",
    "own_link",
    "plan_page",
    "plan_to_change",
    "plans",
    "readers_of",
    "running_drill",
    "running_nearby",
    "running_on",
    "step_of",
    "summary_for_paper",
    "summary_page",
    "visible_to",
]
