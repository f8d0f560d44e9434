"""Ratings and call-backs: what customers think of our work, and what we do about it."""
