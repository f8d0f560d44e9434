"""Sending a mail on its way: printed on the console, or given to a mail server."""

import smtplib
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit

from portal.core import i18n
from portal.core.errors import GiveUpError
from portal.outbox.mail import Mail
from portal.outbox.models import OutboxMessage
from portal.settings import Settings

_PATIENCE = 20
"""Seconds that a mail server may take for one answer."""
Deliver = Callable[[EmailMessage], None]


class RefusedError(GiveUpError):
    """A mail that will not be taken however often it is tried."""


def deliver_by(settings: Settings) -> Deliver:
    """Return how mails leave, as the settings say; raises ValueError for a way that there isn't."""
    if settings.mail_delivery == "console":
        return print_mail
    if settings.mail_delivery == "smtp":
        return SmtpDelivery(settings.smtp_url)
    raise ValueError(f"mails leave by console or smtp, not by {settings.mail_delivery!r}")


def build(mail: Mail, message: OutboxMessage, settings: Settings, *, to: str, locale: str) -> EmailMessage:
    """Return a mail as text and HTML in one; raises RefusedError where a line break could add a header."""
    letter = EmailMessage(policy=SMTP)
    try:
        letter["From"] = Address(i18n.in_language(settings.vendor_name, locale), addr_spec=settings.mail_from)
        letter["To"] = Address(addr_spec=to)
        letter["Subject"] = _one_line(mail.subject)
    except (ValueError, IndexError) as error:
        raise RefusedError(f"this can't stand in a mail's head: {error}") from error
    letter["Date"] = format_datetime(message.created_at)
    # The same each time it is tried: where a server took it but its answer was lost, readers see one mail.
    letter["Message-ID"] = f"<{message.id}@{settings.mail_from.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(mail.text)
    letter.add_alternative(mail.html, subtype="html")
    letter["Content-Language"] = i18n.LANGUAGE_TAGS[locale]
    return letter


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1 or any(ord(each) < 0x20 for each in text):
        raise ValueError("a line break in a subject")
    return text


def print_mail(letter: EmailMessage) -> None:
    """Show a mail where the worker was started, for demos and for trying out."""
    body = letter.get_body(("plain",))
    text = body.get_content() if body else ""
    sys.stdout.write(f"\n--- mail to {letter['To']}: {letter['Subject']}\n{text}\n---\n")
    sys.stdout.flush()


class SmtpDelivery:
    """Gives mails to a mail server: ``smtp://``, ``smtps://`` or ``smtp+starttls://user:password@host:port``."""

    def __init__(self, url: str) -> None:
        """Read the address; raises ValueError for one that is not a mail server's."""
        self._server = urlsplit(url)
        if self._server.scheme not in ("smtp", "smtps", "smtp+starttls") or not self._server.hostname:
            raise ValueError("the mail server is smtp://, smtps:// or smtp+starttls://host:port")

    def __call__(self, letter: EmailMessage) -> None:
        """Hand one mail over; raises RefusedError where it will never be taken, OSError where it may be later."""
        with _connection(self._server) as server:
            try:
                server.send_message(letter)
            except smtplib.SMTPRecipientsRefused as error:
                code, words = next(iter(error.recipients.values()))
                _meet(code, words, error)
            except smtplib.SMTPDataError as error:
                _meet(error.smtp_code, error.smtp_error, error)


def _meet(code: int, words: bytes | str, error: OSError) -> None:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if code >= 500:
        raise RefusedError(f"the mail server refused: {code} {said}") from error
    raise error


@contextmanager
def _connection(server: SplitResult) -> Iterator[smtplib.SMTP]:
    host = server.hostname or ""
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            host, server.port or 465, timeout=_PATIENCE, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(host, server.port or 25, timeout=_PATIENCE)
    with connection:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        yield connection
