"""Delivering messages to chat groups: the words come from whatever feature has something to say."""

from collections.abc import Callable
from functools import partial
from typing import cast
from uuid import UUID

from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.chat import messages, queries, services
from portal.chat.models import ChatService
from portal.core import clock
from portal.core.db import Database
from portal.core.errors import GiveUpError
from portal.outbox.hooks import ForbiddenAddressError, post_json
from portal.outbox.models import OutboxMessage
from portal.outbox.registry import register_channel
from portal.outbox.sealing import unseal
from portal.ui import languages, pages

_EXTENSION = "plainport.chat"
FindWords = Callable[[Session, UUID, UUID], str | None]
"""Finds what to say about a subject to an organisation, without personal data; None where there is nothing to say."""


def init_app(app: Flask) -> None:
    """Let the worker bring messages into groups."""
    register_channel(app, messages.CHAT, deliver)
    register_words(app, messages.TRIED, lambda _session, _subject, _organisation: _tried())


def register_words(app: Flask, about: str, find: FindWords) -> None:
    """Let a feature find the words for what groups are told."""
    app.extensions.setdefault(_EXTENSION, {})[about] = find


def deliver(database: Database, message: OutboxMessage) -> bool:
    """Bring one message into its group; False where the group or what it is about is gone."""
    with database.read() as session:
        found = queries.destination(session, UUID(str(message.parameters["group_id"])))
        if found is None or message.subject_id is None:
            return False
        group = found.group
        find = cast(dict[str, FindWords], current_app.extensions[_EXTENSION])[str(message.parameters["about"])]
        with languages.reading_as(group.locale, found.time_zone):
            text = find(session, message.subject_id, group.organisation_id)
    if text is None:
        return False
    settings = languages.settings()
    try:
        services.ask_robot(
            ChatService(group.service),
            unseal(group.sealed_address, settings.secret_key),
            secret=unseal(group.sealed_secret, settings.secret_key) if group.sealed_secret else "",
            text=text,
            at=clock.now(),
            post=partial(post_json, may_be_local=settings.chat_on_this_machine),
        )
    except ForbiddenAddressError as error:
        raise GiveUpError(str(error)) from error
    return True


def _tried() -> str:
    vendor = pages.site(languages.current_locale()).vendor_name
    return str(_("This group is connected. News of reports and notices from %(vendor)s come here.", vendor=vendor))
