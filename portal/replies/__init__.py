"""Saved replies: what is often written to customers, in their languages, with places for names and times."""
