"""The only door to the print engine: finished HTML in, a PDF out, made in a child process with limits."""

from portal.printing.engine import PrintError, render_pdf
from portal.printing.jobs import PDF_JOB, Document, pdf_maker, register_document

__all__ = ["PDF_JOB", "Document", "PrintError", "pdf_maker", "register_document", "render_pdf"]
