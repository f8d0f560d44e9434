"""Notices: written, approved, published, answered."""
