"""The notices of the demonstration: a seasonal advisory, a known issue and a night of maintenance."""

from portal.demo.notices.publishing import tell

__all__ = ["tell"]
