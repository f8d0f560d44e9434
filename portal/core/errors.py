"""The base of every broken rule that a service can report."""


class DomainError(Exception):
    """A rule of the domain says no; the view finds the words for its code."""

    def __init__(self, code: str, **parameters: object) -> None:
        """Keep a code such as ``not-allowed`` and what the words need."""
        super().__init__(code)
        self.code = code
        self.parameters = parameters


class StaleError(DomainError):
    """Somebody else changed the same thing first."""


class GiveUpError(Exception):
    """Something the worker should make or send will not work however often it is tried."""


class GoneError(GiveUpError):
    """What something should be made of is no more, such as a notice that was taken back: nobody misses it."""
