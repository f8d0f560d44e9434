"""Tickets from the command line: when something is due, and the ledger of what was promised."""

from portal.tickets.commands.due import calendar

__all__ = ["calendar"]
