"""Version order and version ranges, tolerant of how people write them."""

from intake.versions.ranges import Span, Verdict, VersionRange, check, parse_range
from intake.versions.version import Version, compare, parse

__all__ = ["Span", "Verdict", "Version", "VersionRange", "check", "compare", "parse", "parse_range"]
