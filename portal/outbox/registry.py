"""Who finds the words of a message, makes what a job asks for, and looks at the clock; filled by ``portal.app``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol, cast
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal.core.db import Database
from portal.outbox.mail import Mail
from portal.outbox.messages import Recipient
from portal.outbox.models import OutboxMessage
from portal.outbox.plain import Plain

_EXTENSION = "plainport.outbox"


Renderer = Callable[[Session, OutboxMessage], Mail | None]
"""Finds the words as of now, in the language in force; None where what it was about is gone."""
Channel = Callable[[Database, OutboxMessage], bool]
"""Delivers a kind of message by another way than mail; returns whether anything was sent."""
Maker = Callable[[Database, Mapping[str, Plain]], Mapping[str, Plain]]
"""Makes what a job asks for from its parameters, outside any transaction; returns what the page needs to know."""
FindRecipient = Callable[[Session, UUID], Recipient | None]
"""Returns who a person is; None for somebody who may no longer be written to."""


class MoreIsDue(Enum):
    """What a clock pass answers that has left something for the next, so that the next comes at once."""

    AT_ONCE = "at-once"


class ClockPass(Protocol):
    """Something that is due because of the time alone, once a minute, in one transaction."""

    def __call__(self, session: Session, *, at: datetime) -> object:
        """Do what has become due, or as much of it as suits one transaction, and say whether more is due at once."""


def _nobody(_: Session, __: UUID) -> Recipient | None:
    return None


@dataclass(slots=True)
class Registry:
    """Everything the worker can do."""

    renderers: dict[str, Renderer] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    makers: dict[str, Maker] = field(default_factory=dict)
    passes: list[ClockPass] = field(default_factory=list)
    find_recipient: FindRecipient = _nobody


def registry_of(app: Flask) -> Registry:
    """Return what an application's worker can do."""
    return cast(Registry, app.extensions.setdefault(_EXTENSION, Registry()))


def register_mail(app: Flask, kind: str, renderer: Renderer) -> None:
    """Let a feature find the words for a kind of message."""
    registry_of(app).renderers[kind] = renderer


def register_channel(app: Flask, kind: str, channel: Channel) -> None:
    """Let a feature deliver a kind of message by another way than mail."""
    registry_of(app).channels[kind] = channel


def register_job(app: Flask, kind: str, maker: Maker) -> None:
    """Let a feature make what a kind of job asks for."""
    registry_of(app).makers[kind] = maker


def register_clock_pass(app: Flask, clock_pass: ClockPass) -> None:
    """Let a feature look once a minute at what has become due."""
    registry_of(app).passes.append(clock_pass)


def register_recipients(app: Flask, find_recipient: FindRecipient) -> None:
    """Let accounts say where a person's mails go."""
    registry_of(app).find_recipient = find_recipient
