"""What somebody did, as sentences; the codes by which deeds are kept stand in the table that can be taken along."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from portal.ui.pages import N_

_DEEDS: Mapping[str, str] = {
    "add-organisation": N_("Added the organisation %(what)s."),
    "change-organisation": N_("Changed the organisation %(what)s."),
    "close-organisation": N_("Closed the organisation %(what)s."),
    "open-organisation": N_("Opened the organisation %(what)s again."),
    "add-contact": N_("Added the contact %(what)s."),
    "change-contact": N_("Changed what the contact %(what)s may do and see."),
    "disable-contact": N_("Took their way in from the contact %(what)s."),
    "enable-contact": N_("Gave the contact %(what)s their way in again."),
    "add-agent": N_("Added the agent %(what)s."),
    "change-agent": N_("Changed what the agent %(what)s may do and see."),
    "disable-agent": N_("Took their way in from the agent %(what)s."),
    "enable-agent": N_("Gave the agent %(what)s their way in again."),
    "add-product": N_("Added the product %(what)s."),
    "rename-product": N_("Named the product %(what)s anew."),
    "retire-product": N_("Took the product %(what)s off the lists."),
    "offer-product": N_("Put the product %(what)s on the lists again."),
    "add-module": N_("Added the module %(what)s."),
    "rename-module": N_("Named the module %(what)s anew."),
    "retire-module": N_("Took the module %(what)s off the lists."),
    "offer-module": N_("Put the module %(what)s on the lists again."),
    "add-fault_type": N_("Added the fault type %(what)s."),
    "rename-fault_type": N_("Named the fault type %(what)s anew."),
    "retire-fault_type": N_("Took the fault type %(what)s off the lists."),
    "offer-fault_type": N_("Put the fault type %(what)s on the lists again."),
    "add-installation": N_("Added an installation at %(what)s."),
    "change-installation": N_("Changed an installation at %(what)s."),
    "remove-installation": N_("Took an installation off the list of %(what)s."),
    "add-release": N_("Added the release %(what)s."),
    "change-release": N_("Changed the release %(what)s."),
    "withdraw-release": N_("Withdrew the release %(what)s."),
    "offer-release": N_("Offered the release %(what)s again."),
    "take-in-list": N_("Had a list taken in: %(what)s."),
    "list-taken-in": N_("A list was taken in: %(what)s."),
    "set-skills": N_("Changed what the agent %(what)s knows well."),
    "team.made": N_("Made the team %(what)s."),
    "team.changed": N_("Changed the team %(what)s or who belongs to it."),
    "team.removed": N_("Removed the team %(what)s."),
    "save-policy": N_("Changed which times are promised: %(what)s."),
    "save-calendar": N_("Changed when work is done: %(what)s."),
    "connect-chat": N_("Connected a chat group of %(what)s."),
    "disconnect-chat": N_("Took a chat group of %(what)s off."),
    "make-notice-feed-link": N_("Made a secret address for notices."),
    "make-feed-link": N_("Made a secret address for promised times."),
    "start-article": N_("Began the article %(what)s."),
    "publish-article": N_("Published the article %(what)s."),
    "look-over-article": N_("Looked the article %(what)s over."),
    "recall-article": N_("Took the article %(what)s back."),
    "export-person": N_("Had made an archive of what is known of %(what)s."),
    "erase-person": N_("Erased what was known of a person."),
    "invite": N_("Invited somebody to %(what)s."),
    "revoke-invitation": N_("Took an invitation to %(what)s back."),
    "plan-summary": N_("Changed how often %(what)s gets its summary."),
    "put-surge-aside": N_("Put aside what looked like one problem at many places."),
    "take-surge-back": N_("Took back that something was put aside."),
    "questionnaire-published": N_("Published the questionnaire %(what)s."),
}
SUBJECTS: Mapping[str, object] = {
    "": _l("Everything"),
    "organisation": _l("Organisations"),
    "contact": _l("Contacts"),
    "agent": _l("Agents"),
    "product": _l("Products"),
    "module": _l("Modules"),
    "fault_type": _l("Fault types"),
    "installation": _l("Installations"),
    "release": _l("Releases"),
    "team": _l("Teams"),
    "list_import": _l("Lists from elsewhere"),
    "promise_policy": _l("Promised times"),
    "work_calendar": _l("When work is done"),
    "person": _l("Archives and erasing"),
    "article": _l("Articles"),
    "invitation": _l("Invitations"),
    "questionnaire": _l("Questionnaires"),
}
"""What the log can be narrowed down to, by how it is kept."""


def deed(action: str, subject_kind: str, what: Markup | str) -> Markup:
    """Return what somebody did, with a link to what they did it to; a deed without words of its own says about what."""
    if action not in _DEEDS:
        return escape(_("Did something in the group %(kind)s.", kind=subject_kind.replace("_", " ")))
    return escape(_(_DEEDS[action])) % {"what": what or "–"}


def ends_early(most: int) -> str:
    """Say that a table has no more lines, though the log does."""
    return str(_("The table ends after %(most)d lines. Choose days to get the others.", most=most))


def deeds_with(words: str) -> Sequence[str]:
    """Return the codes of the deeds whose sentences have some words in the reader's language."""
    sought = words.casefold()
    return [action for action, sentence in _DEEDS.items() if sought in _(sentence).replace("%(what)s", "").casefold()]
