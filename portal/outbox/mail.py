"""A mail: its words, and how they become what a mail server takes."""

from dataclasses import dataclass

from portal.ui import languages, pages


@dataclass(frozen=True, slots=True)
class Mail:
    """The words of one mail, in one language."""

    to: str | None
    """None: the address of whoever the message is for."""
    subject: str
    text: str
    html: str


def compose(template: str, subject: str, *, to: str | None = None, **values: object) -> Mail:
    """Return a mail from ``<template>.txt`` and ``<template>.html`` in the language in force.

    They extend ``outbox/mail.txt`` and ``outbox/mail.html``; both get ``subject``.
    """
    locale = languages.current_locale()
    text, html = (pages.render(f"{template}.{kind}", locale, subject=subject, **values) for kind in ("txt", "html"))
    return Mail(to=to, subject=subject, text=text, html=html)
