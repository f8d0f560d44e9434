"""The demonstration: a vendor, two hospitals, and people to sign in as; all of them made up."""

from portal.demo.filling import fill

__all__ = ["fill"]
