"""Tickets, their timeline, promises and states."""
