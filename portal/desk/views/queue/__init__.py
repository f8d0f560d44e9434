"""The queue: its lanes, what changes in them while somebody looks, views that agents keep, tickets chosen together."""

from portal.desk.views.queue import choosing, keeping, refreshing, showing

__all__ = ["choosing", "keeping", "refreshing", "showing"]
