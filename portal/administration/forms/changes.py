"""What exactly somebody changed, from what to what, as the log says it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms.fields.core import UnboundField

from portal.administration.forms.lists import HEADINGS
from portal.agreements.forms import PolicyForm
from portal.core.actor import Role, SeeScope
from portal.ui.pages import N_

_NEW_ROLES: Mapping[str, str] = {
    Role.ADMIN.value: N_("Now may also set the portal up"),
    Role.AGENT.value: N_("Helps customers, and no longer sets the portal up"),
    Role.MANAGER.value: N_("Now also manages people and installations"),
    Role.CONTACT.value: N_("No longer manages people and installations"),
}
_NOW_SEES: Mapping[str, str] = {
    SeeScope.OWN.value: N_("Now sees their own problems, and what is shared with them"),
    SeeScope.ORGANISATION.value: N_("Now sees all problems of the organisation"),
}
_LABELS: Mapping[str, str] = {
    **HEADINGS,
    "name_en": N_("Name in English"),
    "name_zh_Hans": N_("Name in Simplified Chinese"),
    "name_zh_Hant": N_("Name in Traditional Chinese"),
    "teams": N_("Teams"),
    "products": N_("Only these products"),
    "organisations": N_("Only these organisations"),
    "knows": N_("Knows well"),
    "rhythm": N_("How often"),
}
_RHYTHMS: Mapping[str, str] = {
    "weekly": N_("Every week"),
    "monthly": N_("Every month"),
    "quarterly": N_("Every quarter"),
    "half_yearly": N_("Every half year"),
}
_LONGEST = 160


def more(facts: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what else is worth reading of a change; ``names`` are what people are called by their ids."""
    people = (*_members(facts, names), *_appointed(facts, names))
    told = (*_changes(facts), *_rights(facts), *people, *_counts(facts))
    return " · ".join(each for each in told if each)


def _changes(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield each thing that was changed; of what says who somebody is, only that it was."""
    changes, fields = facts.get("changes"), facts.get("fields")
    if isinstance(changes, Mapping):
        for name, (was, now) in changes.items():
            if was or isinstance(was, bool):
                yield _("%(name)s: %(was)s → %(now)s", name=_label(name), was=_value(was), now=_value(now))
            elif now or isinstance(now, bool):
                yield _("%(name)s: %(now)s", name=_label(name), now=_value(now))
    if isinstance(fields, list):
        yield _("Changed: %(names)s", names=_(", ").join(_label(each) for each in fields))


def _rights(facts: Mapping[str, Any]) -> Iterator[str]:
    for name, words in (("role", _NEW_ROLES), ("sees", _NOW_SEES)):
        pair = facts.get(name)
        if isinstance(pair, list) and len(pair) == 2 and pair[0] != pair[1] and pair[1] in words:
            yield _(words[pair[1]])


def _members(facts: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for name, words in (("joined", N_("Joined: %(names)s")), ("left", N_("Left: %(names)s"))):
        if isinstance(facts.get(name), list):
            yield _(words, names=_(", ").join(names.get(each, "–") for each in facts[name]))


def _appointed(facts: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """Yield who looks after an organisation, and who did."""
    labels = {"service_manager_id": N_("Service manager"), "named_agent_id": N_("Named engineer")}
    appointed = facts.get("appointed")
    for name, (was, now) in appointed.items() if isinstance(appointed, Mapping) else ():
        told = (names.get(each, "–") for each in (was, now))
        yield _("%(name)s: %(was)s → %(now)s", name=_(labels[name]), **dict(zip(("was", "now"), told, strict=True)))


def _counts(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many rows of a list there were, and what became of them."""
    words = {
        "rows": N_("Rows: %(num)d"),
        "added": N_("Added: %(num)d"),
        "changed": N_("Changed: %(num)d"),
        "same": N_("Already so: %(num)d"),
        "refused": N_("Refused: %(num)d"),
    }
    for name, each in words.items():
        if isinstance(facts.get(name), int):
            yield _(each, num=facts[name])


def _label(name: str) -> str:
    if name in _LABELS:
        return str(_(_LABELS[name]))
    asked = getattr(PolicyForm, name, None)
    return str(asked.args[0]) if isinstance(asked, UnboundField) else name


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = _(", ").join(map(str, value))
    text = str(value or "–")
    return str(_(_RHYTHMS[text])) if text in _RHYTHMS else text[:_LONGEST]
