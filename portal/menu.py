"""What the main menu leads to, for customers and for agents."""

from portal.core.actor import Actor
from portal.ui.menu import Menu, MenuItem
from portal.ui.pages import N_


def _is_customer(actor: Actor) -> bool:
    return actor.is_customer


def _is_agent(actor: Actor) -> bool:
    return actor.is_agent


def _is_admin(actor: Actor) -> bool:
    return actor.is_admin


_BAR = (
    MenuItem("home.show", N_("Home"), _is_customer),
    MenuItem("tickets.show_list", N_("My problems"), _is_customer),
    MenuItem("notices.index", N_("Notices"), _is_customer),
    MenuItem("knowledge.index", N_("Answers"), _is_customer),
    MenuItem("home.show_organisation", N_("Organisation"), _is_customer),
    MenuItem("desk.show_queue", N_("Queue"), _is_agent),
    MenuItem("desk.find_tickets", N_("All tickets"), _is_agent),
    MenuItem("ratings.show_calls", N_("Calls"), _is_agent),
    MenuItem("notices.index_on_desk", N_("Notices"), _is_agent),
    MenuItem("desk.show_organisations", N_("Organisations"), _is_agent),
    MenuItem("desk.show_more", N_("More"), _is_agent),
)
_MANY_AT_ONCE = (
    MenuItem("incidents.show_board", N_("Surges"), _is_agent, N_("Many reports of one kind within half an hour.")),
    MenuItem("plans.index", N_("Emergency plans"), _is_agent, N_("Who does what when work has stopped; drills too.")),
    MenuItem("faults.index", N_("Faults"), _is_agent, N_("From the first check to the version that mends them.")),
    MenuItem("notices.show_slips", N_("Slips"), _is_agent, N_("Type in what came back on paper.")),
    MenuItem("desk.show_outbox", N_("Not delivered"), _is_agent, N_("Mails and papers that did not arrive.")),
)
_WORDS = (
    MenuItem("knowledge.index_on_desk", N_("Articles"), _is_agent, N_("Answers that customers find by themselves.")),
    MenuItem("lessons.show_tasks", N_("Articles to write"), _is_agent, N_("Solved within the last 48 hours.")),
    MenuItem("replies.show_replies", N_("Saved replies"), _is_agent, N_("Sentences that are needed again and again.")),
    MenuItem("phrasebook.show", N_("Phrasebook"), _is_agent, N_("Plain sentences for engineers’ terms.")),
    MenuItem(
        "desk.show_questionnaires",
        N_("Questionnaires"),
        _is_agent,
        N_("What customers are asked, and where they stop."),
    ),
)
_SETTING_UP = (
    MenuItem("board.show", N_("Experience board"), _is_agent, N_("How customers fare, week by week.")),
    MenuItem("teams.show_teams", N_("Teams and duty"), _is_agent, N_("Who knows what, and whose turn it is.")),
    MenuItem("agreements.show_policies", N_("Promises"), _is_agent, N_("Working hours, holidays and times to answer.")),
    MenuItem("administration.show", N_("Administration"), _is_admin, N_("Organisations, people, products and lists.")),
    MenuItem("administration.show_log", N_("Who did what"), _is_admin, N_("Every change, with its person and time.")),
    MenuItem("privacy.find", N_("People’s data"), _is_admin, N_("Hand it out, or erase it.")),
)
MENU = Menu(
    bar=_BAR,
    groups={
        N_("When much happens at once"): _MANY_AT_ONCE,
        N_("Words and knowledge"): _WORDS,
        N_("How it goes, and who decides"): _SETTING_UP,
    },
    rest="desk.show_more",
)
"""The bar at the top, the first page first, and what agents reach from its last entry."""
