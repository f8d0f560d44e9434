"""Who may change what customers are promised."""

from portal.core.actor import SYSTEM, Actor
from portal.core.errors import DomainError


class EditError(DomainError):
    """Somebody who may not change what is promised: ``not-yours``."""


def require_editor(by: Actor) -> None:
    """Raise EditError unless this is an admin, or the portal itself."""
    if not (by.is_admin or by is SYSTEM):
        raise EditError("not-yours")
