"""Tables of surges, and of what is told to every ticket of an incident."""

from portal.incidents.models.surges import Surge, SurgeAside, SurgeLook
from portal.incidents.models.updates import IncidentUpdate, TicketTold, UpdateKind, best_words

__all__ = ["IncidentUpdate", "Surge", "SurgeAside", "SurgeLook", "TicketTold", "UpdateKind", "best_words"]
