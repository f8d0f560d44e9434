"""Reads about teams: who belongs where and knows what, whose turn of duty it is, who should take a ticket."""

from portal.teams.queries.candidates import Candidate, Choice, Reason, candidates, choose, chosen_for
from portal.teams.queries.duty import OnDuty, Turn, duty_at, duty_of, on_duty, turns
from portal.teams.queries.hearing import Urgent, urgent, who_hears
from portal.teams.queries.people import (
    Colleague,
    Subject,
    agents,
    colleagues,
    gives_out,
    members_of,
    names_of,
    names_of_teams,
    skills_of,
    teams,
    teams_of,
    what_can_be_known,
)

__all__ = [
    "Candidate",
    "Choice",
    "Colleague",
    "OnDuty",
    "Reason",
    "Subject",
    "Turn",
    "Urgent",
    "agents",
    "candidates",
    "choose",
    "chosen_for",
    "colleagues",
    "duty_at",
    "duty_of",
    "gives_out",
    "members_of",
    "names_of",
    "names_of_teams",
    "on_duty",
    "skills_of",
    "teams",
    "teams_of",
    "turns",
    "urgent",
    "what_can_be_known",
    "who_hears",
]
