"""What interview pages send and show: reading what was posted, filling it in again, words for what is missing."""

from portal.interviews.forms.fields import Field, fields_for
from portal.interviews.forms.filling import values_of
from portal.interviews.forms.posted import Posted, posted_form
from portal.interviews.forms.reading import Reading, fingerprint_of, read_page
from portal.interviews.forms.starting import CallBackForm, StartForm, once_of

__all__ = [
    "CallBackForm",
    "Field",
    "Posted",
    "Reading",
    "StartForm",
    "fields_for",
    "fingerprint_of",
    "once_of",
    "posted_form",
    "read_page",
    "values_of",
]
