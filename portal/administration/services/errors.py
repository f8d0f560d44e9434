"""What can't be set up so."""

from portal.core.errors import DomainError


class SetupError(DomainError):
    """Something can't be set up so; the code says why, ``field`` beside which field."""

    @property
    def field(self) -> str:
        """Return the name of the field that it is about."""
        return str(self.parameters.get("field", ""))
