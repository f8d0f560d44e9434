"""Tables of people and organisations."""

from portal.accounts.models.organisations import (
    Agent,
    AgentScope,
    Contact,
    Installation,
    InstallationChange,
    Invitation,
    Organisation,
)
from portal.accounts.models.people import Person, SignInCode, SignInSession

__all__ = [
    "Agent",
    "AgentScope",
    "Contact",
    "Installation",
    "InstallationChange",
    "Invitation",
    "Organisation",
    "Person",
    "SignInCode",
    "SignInSession",
]
