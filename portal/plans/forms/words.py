"""Words that several forms and pages of plans share."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.core.errors import DomainError
from portal.plans.models import IncidentClass
from portal.ui.forms import clean

LONGEST = 20_000
"""Characters of what is typed that a page can show again."""


def cut(text: str | None) -> str:
    """Return what was typed as a database can hold it, and not more than a page can show again."""
    return clean((text or "")[: LONGEST + 1000])


def kind_words() -> dict[str, LazyString]:
    """Return what each class of incident is called."""
    return {
        IncidentClass.OUTAGE.value: _l("Nothing works"),
        IncidentClass.SLOW.value: _l("Everything is slow"),
        IncidentClass.DATA.value: _l("Data is missing or wrong"),
        IncidentClass.SECURITY.value: _l("An attack, or data in the wrong hands"),
    }


def refusal(error: DomainError) -> LazyString:
    """Return what to do about something that the rules refused."""
    words = {
        "one-tells": _l("Choose one person who tells the customers."),
        "only-tells": _l("Whoever tells the customers does nothing else. Choose somebody else for one of the two."),
        "needs-ticket": _l("Enter the number of the open ticket on which the customer is told."),
        "runs-already": _l("A plan runs for this ticket already. Your colleagues are working on it."),
        "runs-nearby": _l("This plan runs for another ticket of this customer. Say what to do with this one."),
        "drill-runs": _l("A drill of this plan runs already. Your colleagues are practising."),
        "not-theirs": _l("This plan is agreed with another organisation. Choose one for everybody, or one of theirs."),
        "needs-words": _l("Write a few words."),
        "not-yours": _l("Only the person whose job it is tells the customers. Ask them, or take over from them."),
        "not-named": _l("Whoever is named in the plan, or on duty, can take over telling the customers."),
        "has-ended": _l("It has ended meanwhile. Nothing can be added any more."),
        "not-ended": _l("End it first, then look back."),
        "looked-back": _l("Somebody has looked back already. You see it on the page."),
        "due-has-passed": _l("One of these days has passed. Enter days that are still to come."),
        "same-as-last": _l("The customer was told this last time. Write what is new."),
    }
    return words.get(error.code, _l("This can't be done with the ticket as it now stands. Look at it first."))
