"""What plans and emergencies can be."""

from enum import StrEnum


class IncidentClass(StrEnum):
    """What a plan is for."""

    OUTAGE = "outage"
    """Nothing works."""
    SLOW = "slow"
    DATA = "data"
    """Data is missing, or wrong."""
    SECURITY = "security"


class Mode(StrEnum):
    """Whether it is real."""

    REAL = "real"
    CLOSED = "closed"
    """A drill among ourselves; nobody outside hears of it."""
    JOINT = "joint"
    """A drill with the contacts of an organisation who said that they take part."""


class EntryKind(StrEnum):
    """What the log of an emergency says happened."""

    STARTED = "started"
    CALLED = "called"
    ANSWERED = "answered"
    PASSED_ON = "passed_on"
    """Somebody had not answered in time, and the next was called."""
    NOBODY_LEFT = "nobody_left"
    """Nobody had answered in time, and nobody is left to call."""
    TAKEN_OVER = "taken_over"
    """Somebody else tells the customers from now on."""
    ASSEMBLED = "assembled"
    STEP_DONE = "step_done"
    STEP_LATE = "step_late"
    """A line of the checklist was not done in time; never written, for the times of the line say it."""
    TOLD = "told"
    """The customer was told; in a drill it is only written down."""
    NOTED = "noted"
    ENDED = "ended"
    LOOKED_BACK = "looked_back"
    ACTION_DONE = "action_done"
