"""The pages of tickets for customers."""

from portal.tickets.views import acting, drafting, listing, printing, replying, sharing, showing
from portal.tickets.views.finding import blueprint

__all__ = ["acting", "blueprint", "drafting", "listing", "printing", "replying", "sharing", "showing"]
