"""Starting the child process that makes a PDF."""


class PrintError(Exception):
    """A document could not be printed within the limits."""


def render_pdf(html: str, *, title: str, language: str) -> bytes:
    """Return a PDF of finished HTML; raises PrintError where it takes too much or can't be laid out.

    The HTML reaches nothing but our own bundle: ``css/print/notice.css``, ``images/mark.svg`` and the like, relative
    to ``static/``, and ``data:`` images.
    """
    raise NotImplementedError
