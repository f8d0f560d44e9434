"""Who reads summaries."""

from portal.core.actor import Actor


def may_read_on_desk(actor: Actor) -> bool:
    """Whether an agent reads figures of all that an organisation runs: whoever serves only some products doesn't."""
    return actor.is_agent and actor.products is None
