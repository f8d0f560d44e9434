"""Uploads of drafts, tickets and notices: storage, checks, delivery."""
