"""Version order and version ranges, tolerant of how people write them."""

from intake.versions.ranges import Verdict, VersionRange, check, parse_range
from intake.versions.spans import Span
from intake.versions.version import Version, compare, parse

__all__ = ["Span", "Verdict", "Version", "VersionRange", "check", "compare", "parse", "parse_range"]
