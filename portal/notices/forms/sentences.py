"""What pages say after something was done, or couldn't be."""

from collections.abc import Mapping

from flask_babel import gettext as _

from portal.core.errors import DomainError
from portal.notices.permissions import Action


def thanks() -> str:
    """Thank a reader for their answer."""
    return str(_("Thank you. Your answer has arrived."))


def changed_since_read() -> str:
    """Say that an answer is kept for what was read, and that there is something new to answer."""
    return str(_("We have changed this notice while you read it. Your answer is kept; please look at what is new."))


def series_changed() -> str:
    """Say that a series comes back as it was set."""
    return str(_("Saved. Drafts that are already there stay as they are."))


def series_made() -> str:
    """Say that there is a new series, and what comes of it."""
    return str(_("It comes back every year from now on. Its first draft appears on the day that stands here."))


def not_in_our_list(name: str) -> str:
    """Name a product that a notice is about and that we don't have."""
    return str(_("%(name)s (not in our list)", name=name))


def season_begun() -> str:
    """Say that the year's draft is there."""
    return str(_("This year’s draft is here. Go through it, then ask a colleague to look at it."))


def refusal(error: DomainError) -> str:
    """Say why something can't be done now, and what to do instead."""
    words: Mapping[str, str] = {
        "own-words": _("You wrote part of this notice. A colleague who didn’t must look at it."),
        "serves-some": _("Readers whom you don’t serve see it too. Ask a colleague who serves all of them."),
        "not-now": _("This can’t be done at this point. The page shows where the notice stands now."),
        "not-ready": _("Some things are still missing. They are listed on this page."),
        "text-stale": _("The source has changed since this text was written. Please adapt the text first."),
        "text-missing": _("There is no text in this language yet."),
        "changed-meanwhile": _("A colleague changed this notice meanwhile. Please look at it again."),
        "reviewer-needed": _("Choose a colleague who didn’t write any of it and is still here."),
        "moment-passed": _("This moment has passed. Choose a later one, or publish it now."),
        "moment-after-expiry": _("At this moment the notice is no longer in force. Choose an earlier one."),
        "nothing-to-convert": _("Write the source first; then it can be converted."),
    }
    return words.get(error.code) or words["not-now"]


def done(action: Action) -> str:
    """Say what has just happened to a notice."""
    words: Mapping[Action, str] = {
        Action.SEND_TO_REVIEW: _("The notice waits for a colleague to look at it."),
        Action.SEND_BACK: _("The notice is a draft again."),
        Action.REVIEW_TEXT: _("The text is marked as read."),
        Action.WAIVE: _("The notice may go out without this language."),
        Action.APPROVE: _("The notice is approved and can be published."),
        Action.PUBLISH: _("The notice is out. Its sheets are being made and its readers told."),
        Action.SCHEDULE: _("The notice goes out by itself at the moment you chose."),
        Action.UNSCHEDULE: _("The notice stays approved, and doesn’t go out by itself."),
        Action.REVISE: _("A new revision is begun. Readers keep the present one until you publish it."),
        Action.WATCH: _("Readers see that it is improved and that you keep watch."),
        Action.RESOLVE: _("Readers see that it is solved."),
        Action.ARCHIVE: _("The notice is no longer in force."),
        Action.DISCARD: _("The draft is put away. Nobody will be shown it."),
        Action.WITHDRAW: _("The notice is withdrawn. Readers see the reason."),
        Action.SUPERSEDE: _("Readers are led to the newer notice."),
        Action.EDIT: _("Saved."),
    }
    return words[action]
