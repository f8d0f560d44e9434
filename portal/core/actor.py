"""Who is asking: a value that every service and query can hold."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a signed-in person is here."""

    CONTACT = "contact"
    MANAGER = "manager"
    AGENT = "agent"
    ADMIN = "admin"


class SeeScope(StrEnum):
    """Which of their organisation's tickets a contact sees."""

    OWN = "own"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request, or nobody."""

    person_id: UUID | None = None
    role: Role | None = None
    name: str = ""
    contact_id: UUID | None = None
    agent_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation_name: str = ""
    see_scope: SeeScope = SeeScope.OWN
    products: frozenset[str] | None = None
    """The products a limited agent may see; None means every product."""
    organisations: frozenset[UUID] | None = None
    """The organisations a limited agent may see; None means every organisation."""
    session_id: UUID | None = None
    drill_id: UUID | None = None
    """The drill they take part in; each page says so."""
    locale: str | None = None
    time_zone: str = "Asia/Shanghai"

    @property
    def is_signed_in(self) -> bool:
        """Whether we know who this is."""
        return self.person_id is not None

    @property
    def is_customer(self) -> bool:
        """Whether this is a contact of an organisation."""
        return self.role in (Role.CONTACT, Role.MANAGER)

    @property
    def is_manager(self) -> bool:
        """Whether this contact manages the organisation's people and installations."""
        return self.role is Role.MANAGER

    @property
    def is_agent(self) -> bool:
        """Whether this person works in support; admins do too."""
        return self.role in (Role.AGENT, Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        """Whether this person may change how the portal is set up."""
        return self.role is Role.ADMIN

    @property
    def is_limited(self) -> bool:
        """Whether this agent sees only some products or organisations."""
        return self.products is not None or self.organisations is not None


ANONYMOUS = Actor()
SYSTEM = Actor(name="Plainport")
"""The worker and the clock, when nobody in particular acts."""
