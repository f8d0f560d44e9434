"""A longer text on several lines."""

from intake.kinds.text import Text


class LongText(Text):
    """A text of several lines."""

    name = "longtext"
