"""The intake engine: questionnaires and answers in, the next page and a problem snapshot out."""
