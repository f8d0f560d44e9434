"""The only door to WeasyPrint: finished HTML in, a PDF file out."""
