"""Reads for feeds and exports."""
