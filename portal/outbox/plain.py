"""What may be kept as JSON in a message or job."""

from typing import TypeAlias

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""JSON, so that rows can be read by any release and by people."""
