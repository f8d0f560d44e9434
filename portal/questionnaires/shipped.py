"""The questionnaires that come with the portal."""

from importlib.resources import files
from pathlib import Path

import intake

_FOLDER = Path(str(files(intake))) / "questionnaires"
SHIPPED = tuple(sorted(_FOLDER.glob("*.yaml"), key=lambda path: (path.stem != "his-fault", path.stem)))
"""Their files; the one for faults of hospital systems comes first."""
