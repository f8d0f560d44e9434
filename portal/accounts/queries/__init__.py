"""Reads of people, organisations and sessions."""

from portal.accounts.queries.acting import SESSION_LASTS, actor_of_session, agent_actor, token_hash
from portal.accounts.queries.people import (
    Account,
    account_of,
    active_contact,
    contacts_of,
    demo_cast,
    digits_of,
    installation_changes,
    installations_of,
    invitations_of,
    open_invitation,
    organisations_visible_to,
    plain_name,
    recipient_of,
    sessions_of,
)

__all__ = [
    "SESSION_LASTS",
    "Account",
    "account_of",
    "active_contact",
    "actor_of_session",
    "agent_actor",
    "contacts_of",
    "demo_cast",
    "digits_of",
    "installation_changes",
    "installations_of",
    "invitations_of",
    "open_invitation",
    "organisations_visible_to",
    "plain_name",
    "recipient_of",
    "sessions_of",
    "token_hash",
]
