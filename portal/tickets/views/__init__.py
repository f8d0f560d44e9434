"""The pages of tickets for customers."""

from portal.tickets.views import acting, listing, replying, sharing, showing
from portal.tickets.views.finding import blueprint

__all__ = ["acting", "blueprint", "listing", "replying", "sharing", "showing"]
