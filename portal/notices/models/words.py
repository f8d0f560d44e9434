"""The words of a notice as values: what happens, whom it concerns, what to do, and what one should see."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from json import dumps
from typing import Any


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to tick off; its id stays when the words around it change."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is shown on a drawn keyboard."""

    name: str

    @property
    def wrong(self) -> tuple[str, ...]:
        """The keys that somebody presses who reads F7 as F and 7."""
        return tuple(self.name) if self.name in FUNCTION_KEYS else ()


FUNCTION_KEYS = tuple(f"F{number}" for number in range(1, 13))
DRAWN_KEYS = (*FUNCTION_KEYS, "Esc", "Tab", "Enter", *"0123456789ABCDEFGHIJKLOPQRSTUWY")
"""Keys that every drawing of the keyboard shows."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, what one should see then, and what to do where one doesn't."""

    do: str
    see: str = ""
    if_not: str = ""
    key: str = ""
    """The key that is drawn on a keyboard under the step."""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to read more."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a notice says in one language, but its title."""

    what: str = ""
    who: str = ""
    do: str = ""
    checklist_title: str = ""
    checklist: tuple[CheckItem, ...] = ()
    steps_title: str = ""
    steps: tuple[Step, ...] = ()
    cause: str = ""
    prevention: str = ""
    links: tuple[Link, ...] = ()

    @property
    def drawn_keys(self) -> list[Key]:
        """The keys that the steps want shown, each once."""
        return [Key(name) for name in dict.fromkeys(step.key for step in self.steps) if name in DRAWN_KEYS]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Words":
        """Read the words back from a stored text."""
        lists = {
            "checklist": tuple(CheckItem(**each) for each in document.get("checklist", ())),
            "steps": tuple(Step(**each) for each in document.get("steps", ())),
            "links": tuple(Link(**each) for each in document.get("links", ())),
        }
        return cls(**{**document, **lists})

    def as_document(self) -> dict[str, Any]:
        """Return the words as they are stored."""
        return asdict(self)


def fingerprint(title: str, document: Mapping[str, Any]) -> str:
    """Return what tells one state of a text from another."""
    return sha256(dumps([title, document], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
