"""Changes to teams: who belongs to them, who is on duty, and tickets that the rule gives out."""

from portal.teams.services.calling import tell_at_once
from portal.teams.services.duty import DutyError, plan_turn, take_back_turn
from portal.teams.services.giving import give_back_left, give_by_rule, give_out_new, switch_giving_out
from portal.teams.services.people import TeamError, change_team, join_teams, make_team, remove_team, set_skills

__all__ = [
    "DutyError",
    "TeamError",
    "change_team",
    "give_back_left",
    "give_by_rule",
    "give_out_new",
    "join_teams",
    "make_team",
    "plan_turn",
    "remove_team",
    "set_skills",
    "switch_giving_out",
    "take_back_turn",
    "tell_at_once",
]
