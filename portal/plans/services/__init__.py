"""Changes to plans and emergencies."""

from portal.plans.services.learning import Lessons, action_of, finish_action, look_back, settle_actions
from portal.plans.services.planning import Plan, Role, Step, join_drills, write_plan
from portal.plans.services.running import answer, end, finish_step, note, pass_on, tell
from portal.plans.services.starting import News, Start, joining, start
from portal.tickets.services.actions import Agreed

__all__ = [
    "Agreed",
    "Lessons",
    "News",
    "Plan",
    "Role",
    "Start",
    "Step",
    "action_of",
    "answer",
    "end",
    "finish_action",
    "finish_step",
    "join_drills",
    "joining",
    "look_back",
    "note",
    "pass_on",
    "settle_actions",
    "start",
    "tell",
    "write_plan",
]
