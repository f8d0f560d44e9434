"""Signing in and out, invitations, and a person's own settings."""

from portal.accounts.views import account, choices, installations, invitations, managing, signing_in
from portal.accounts.views.blueprint import blueprint

__all__ = ["account", "blueprint", "choices", "installations", "invitations", "managing", "signing_in"]
