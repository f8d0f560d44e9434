"""A snapshot in the words of its questionnaire."""

from pathlib import Path

import intake

HIS_FAULT = Path(intake.__file__).parent / "questionnaires" / "his-fault.yaml"
