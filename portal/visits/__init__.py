"""Visits on site: what was found, what was agreed, and by when."""
