"""Who may do what with people and organisations."""

from uuid import UUID

from portal.core.actor import Actor


def may_invite(actor: Actor, organisation_id: UUID) -> bool:
    """Whether somebody may invite people to an organisation: its manager, or support.

    An agent limited to products may not: whomever they let in would see what it reports about the others.
    """
    if actor.is_agent:
        return actor.products is None
    return actor.is_manager and actor.organisation_id == organisation_id
