"""The intake pages: an interview is one run of a questionnaire."""
