"""The stable signature of an error text: the same fault gives the same fingerprint."""

from intake.fingerprint.keys import VERSION, Fingerprint, fingerprint

__all__ = ["VERSION", "Fingerprint", "fingerprint"]
