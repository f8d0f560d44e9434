"""The customer's home and organisation page."""
