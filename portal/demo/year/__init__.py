"""A simulated year: customers who report, agents who answer and sometimes forget, holidays, and rules that change."""

from portal.demo.year.living import Tally, live

__all__ = ["Tally", "live"]
