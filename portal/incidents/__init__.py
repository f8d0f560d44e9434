"""Surges: many alike reports at once; what a person declares one to be, and what everybody else is told meanwhile."""
