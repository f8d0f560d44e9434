"""What the desk calls states and reasons."""

from flask_babel import gettext as _

from portal.tickets.models import TicketState, WaitReason


def state_words(state: TicketState) -> str:
    """Return a state as the desk calls it."""
    words = {
        TicketState.NEW: lambda: _("New"),
        TicketState.TRIAGED: lambda: _("Read and sorted"),
        TicketState.IN_PROGRESS: lambda: _("In progress"),
        TicketState.WAITING_CUSTOMER: lambda: _("Waits for the customer"),
        TicketState.WAITING_INTERNAL: lambda: _("Waits for colleagues"),
        TicketState.WAITING_VENDOR: lambda: _("Waits for a supplier"),
        TicketState.FIX_SCHEDULED: lambda: _("Fix planned"),
        TicketState.RESOLVED: lambda: _("Solved, to be confirmed"),
        TicketState.CLOSED: lambda: _("Closed"),
        TicketState.DUPLICATE: lambda: _("The same as another ticket"),
        TicketState.CANCELLED: lambda: _("Not needed any more"),
    }
    return str(words[state]())


def reason_words(reason: WaitReason) -> str:
    """Return what a ticket waits for, as the desk calls it."""
    words = {
        WaitReason.VERIFYING: lambda: _("The fault is being verified"),
        WaitReason.REVIEW: lambda: _("In review"),
        WaitReason.DEVELOPMENT: lambda: _("With development"),
        WaitReason.RELEASE: lambda: _("In release"),
    }
    return str(words[reason]())


def why_not_the_same() -> dict[str, str]:
    """Return why one ticket can't go on in another, by the code of what refused it, and what to do instead."""
    return {
        "elsewhere": str(
            _(
                "The two are not of the same organisation: its people would lose their promise, and not see the other "
                "ticket. Link the two, or join both to one notice. Then everybody keeps their own."
            )
        ),
        "over": str(
            _(
                "Nothing goes on in that ticket: it is solved or has ended. Enter the one in which we go on, or link "
                "the two."
            )
        ),
        "two-notices": str(_("The two are joined to two notices. Join both to the same one first, or link the two.")),
        "two-faults": str(_("The two wait for two faults. Let both wait for the same one first, or link the two.")),
    }
