"""Published versions of questionnaires and their words."""
