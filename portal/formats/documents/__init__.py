"""Notices as other programs read them: CSAF, Atom, calendars."""
