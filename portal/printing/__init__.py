"""The only door to the print engine: finished HTML in, a PDF out, made in a process of its own with limits."""

from portal.printing.attachments import Attachment
from portal.printing.engine import PrintError, draw_pages, render_pdf
from portal.printing.jobs import PDF_JOB, Document, pdf_maker, print_document, register_document

__all__ = [
    "PDF_JOB",
    "Attachment",
    "Document",
    "PrintError",
    "draw_pages",
    "pdf_maker",
    "print_document",
    "register_document",
    "render_pdf",
]
