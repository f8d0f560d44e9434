"""Every setting of the portal: its name in the environment, its type, its default and what it is for."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast

_PACKAGE = Path(__file__).resolve().parent
ROOT = _PACKAGE if (_PACKAGE / "static").is_dir() else _PACKAGE.parent
"""Where static files, translations and migrations lie: beside the packages in a checkout, inside one in a wheel."""
PREFIX = "PLAINPORT_"


class SettingError(ValueError):
    """A setting in the environment can't be read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this portal is set up; ``PLAINPORT_<NAME>`` in the environment sets each one."""

    database_url: str = field(
        default="sqlite:///instance/plainport.db",
        repr=False,
        metadata={"doc": "Where everything is kept: sqlite:///path or postgresql://user:password@host/name."},
    )
    secret_key: str = field(
        default="",
        repr=False,
        metadata={"doc": "Signs cookies and encrypts parked forms; at least 32 characters. The same on every machine."},
    )
    files_folder: str = field(default="instance/files", metadata={"doc": "Where uploads and finished PDFs are stored."})
    public_url: str = field(
        default="http://127.0.0.1:8000", metadata={"doc": "The address people use, for links in mails and QR codes."}
    )
    vendor_name: Mapping[str, str] = field(
        default_factory=lambda: {"en": "Plainport"},
        metadata={
            "doc": 'Who runs this portal, by language as JSON: {"en": "...", "zh_Hans": "...", "zh_Hant": "..."}.'
        },
    )
    service_name: Mapping[str, str] = field(
        default_factory=lambda: {"en": "Customer Service Centre", "zh_Hans": "客户服务中心", "zh_Hant": "客戶服務中心"},
        metadata={"doc": "The line under the vendor's name, by language as JSON."},
    )
    hotline: str = field(default="", metadata={"doc": "The number that stands on every page."})
    hotline_hours: Mapping[str, str] = field(
        default_factory=lambda: {"en": "answered day and night", "zh_Hans": "昼夜有人接听", "zh_Hant": "晝夜有人接聽"},
        metadata={"doc": "When the hotline is answered, by language as JSON."},
    )
    support_email: str = field(default="", metadata={"doc": "The address that printed notices name."})
    return_address: Mapping[str, str] = field(
        default_factory=lambda: {"en": ""},
        metadata={
            "doc": "Where printed answer slips go back to, post or fax, by language as JSON; empty leaves it out."
        },
    )
    default_locale: str = field(
        default="zh_Hans", metadata={"doc": "The language of a reader who has chosen none: en, zh_Hans or zh_Hant."}
    )
    time_zone: str = field(
        default="Asia/Shanghai", metadata={"doc": "The zone of times for readers who belong to no organisation."}
    )
    mail_delivery: str = field(default="console", metadata={"doc": "How mails leave: console (printed) or smtp."})
    smtp_url: str = field(
        default="smtp://127.0.0.1:25",
        repr=False,
        metadata={"doc": "The mail server: smtp://, smtps:// or smtp+starttls://user:password@host:port."},
    )
    mail_from: str = field(default="support@plainport.example", metadata={"doc": "The sender of every mail."})
    proxies: int = field(
        default=0,
        metadata={
            "doc": "How many reverse proxies of yours stand before the portal; their X-Forwarded headers are trusted."
        },
    )
    secure_cookies: bool = field(
        default=True, metadata={"doc": "Send cookies over https only; set to 0 only on a machine of your own."}
    )
    surge_minutes: int = field(default=30, metadata={"doc": "The window in which alike reports are counted."})
    surge_organisations: int = field(
        default=10, metadata={"doc": "So many organisations that report the same within the window are a surge."}
    )
    surge_stopped: int = field(default=4, metadata={"doc": "So many are enough where their work has stopped."})
    chat_on_this_machine: bool = field(
        default=False,
        metadata={"doc": "Let chat robots lie on this machine, over plain http; for trying out and tests only."},
    )
    demo: bool = field(
        default=False,
        metadata={"doc": "Demo mode: loopback only, with buttons to sign in as people of a made-up cast."},
    )
    draft_days: int = field(default=30, metadata={"doc": "Days that a draft is kept after it was last saved."})
    outbox_days: int = field(default=90, metadata={"doc": "Days that it is remembered what was mailed and printed."})

    def __post_init__(self) -> None:
        """Refuse a set-up that would not be safe."""
        if len(self.secret_key) < 32:
            raise SettingError(
                f"{PREFIX}SECRET_KEY must be set, with at least 32 characters. For example: {secrets.token_hex(32)}"
            )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **overrides: object) -> "Settings":
        """Read every setting; raises SettingError that names the variable which can't be read."""
        environ = os.environ if environ is None else environ
        values = {
            each.name: _read(
                f"{PREFIX}{each.name.upper()}", environ[f"{PREFIX}{each.name.upper()}"], getattr(_DEFAULTS, each.name)
            )
            for each in fields(cls)
            if f"{PREFIX}{each.name.upper()}" in environ
        }
        return cls(**cast(dict[str, Any], {**values, **overrides}))


def _read(variable: str, text: str, default: object) -> object:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "0": False, "false": False}[text.strip().lower()]
        if isinstance(default, int):
            return int(text)
        if isinstance(default, Mapping):
            return _by_language(text)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingError(f"{variable} can't be read: {text!r}") from error
    return text


def _by_language(text: str) -> dict[str, str]:
    """Read JSON by language, which has at least ``en``, or one text for all of them."""
    if not text.lstrip().startswith("{"):
        return {"en": text}
    names = json.loads(text)
    return {"en": str(names["en"]), **{str(key): str(value) for key, value in names.items()}}


_DEFAULTS = Settings(secret_key="-" * 32)
