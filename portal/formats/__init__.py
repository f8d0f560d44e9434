"""Notices in the forms that other programs read: feeds, calendars, JSON and CSAF."""
