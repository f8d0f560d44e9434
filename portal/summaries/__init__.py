"""Service summaries: how an organisation was served, a page and a PDF each period."""
