"""Signing in and out, invitations, and a person's own settings."""

from portal.accounts.views import account, choices, invitations, signing_in
from portal.accounts.views.blueprint import blueprint

__all__ = ["account", "blueprint", "choices", "invitations", "signing_in"]
