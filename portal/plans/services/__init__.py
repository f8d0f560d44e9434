"""Changes to plans and emergencies."""

from portal.plans.services.beside import running_nearby, stay_beside
from portal.plans.services.learning import Lessons, action_of, finish_action, look_back, settle_actions
from portal.plans.services.planning import Plan, Role, Step, join_drills, write_plan
from portal.plans.services.running import answer, end, finish_step, may_take_over, note, pass_on, take_over, tell
from portal.plans.services.starting import News, Start, joining, start
from portal.plans.services.writing import keep_words
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
    "keep_words",
    "look_back",
    "may_take_over",
    "note",
    "pass_on",
    "running_nearby",
    "settle_actions",
    "start",
    "stay_beside",
    "take_over",
    "tell",
    "write_plan",
]
