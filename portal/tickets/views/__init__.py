"""The pages of tickets for customers."""

from portal.tickets.views import acting, drafting, feeds, listing, printing, replying, sharing, showing, stepping
from portal.tickets.views.feeds import init_app
from portal.tickets.views.finding import blueprint

__all__ = [
    "acting",
    "blueprint",
    "drafting",
    "feeds",
    "init_app",
    "listing",
    "printing",
    "replying",
    "sharing",
    "showing",
    "stepping",
]
