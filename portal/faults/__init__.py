"""Faults of our products on their way to a fix: verified, reviewed, planned for a version, released, told."""
