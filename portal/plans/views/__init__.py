"""Pages of emergency plans, of emergencies and drills, and of what was learned."""

from portal.plans.views import planning, running, sharing, starting
from portal.plans.views.blueprint import blueprint
from portal.plans.views.wiring import init_app

__all__ = ["blueprint", "init_app", "planning", "running", "sharing", "starting"]
