"""Reads about ratings and calls."""

from portal.ratings.queries.calls import Called, ToCall, assigned_to, call_list, led_by, one_to_call
from portal.ratings.queries.subjects import rating_subject, unrated

__all__ = ["Called", "ToCall", "assigned_to", "call_list", "led_by", "one_to_call", "rating_subject", "unrated"]
