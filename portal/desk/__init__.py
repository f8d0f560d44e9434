"""The agents' side."""
