"""People and doors: organisations, contacts, agents, installations, invitations, sign-in."""
