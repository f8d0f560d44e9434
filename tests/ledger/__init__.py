"""An independent fold of the exported ledger, written from docs/ledger.md alone."""

from tests.ledger.folding import FOLD, fold, stated
from tests.ledger.tickets import Promise, Ticket

__all__ = ["FOLD", "Promise", "Ticket", "fold", "stated"]
