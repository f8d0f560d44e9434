"""Tickets from the command line: when something is due, and the ledger of what was promised."""

from portal.tickets.commands.due import calendar
from portal.tickets.commands.ledger import ledger

__all__ = ["calendar", "ledger"]
