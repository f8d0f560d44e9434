"""Who is to see what, written down by hand: the authorisation matrix asks for every address as everybody."""

from collections.abc import Iterator
from itertools import product

from werkzeug.routing import Rule

from tests.choices import MISSING, Case, Cases, NoExpectationError, inside, things, together
from tests.seen import (
    AGENTS,
    ALLOWED,
    DESK,
    EVERYBODY,
    HIDDEN_AS,
    NOBODY,
    ON_DESK,
    OPENS,
    SEES,
    SHUT,
    SIGNED_IN,
    TOLD_BY_SECRET,
    WORDS,
)
from tests.world import World

__all__ = [
    "ALLOWED",
    "EVERYBODY",
    "HIDDEN_AS",
    "OPENS",
    "SHUT",
    "SIGNED_IN",
    "TOLD_BY_SECRET",
    "WORDS",
    "Case",
    "cases",
]


def cases(world: World, rule: Rule) -> list[Case]:
    """Return what can stand in an address; a step is one of those that the rule itself names."""
    steps = getattr(rule._converters.get("step"), "items", ())
    arguments = frozenset(rule.arguments - {"step"})
    found = [Case("", {}, EVERYBODY)] if not arguments else list(_maker(rule, arguments)(world))
    if not steps:
        return found
    return [
        Case(f"{each.name}/{step}", {**each.values, "step": step}, each.seen_by) for each in found for step in steps
    ]


def _maker(rule: Rule, arguments: frozenset[str]) -> Cases:
    area = "desk" if rule.rule.startswith("/desk") else ""
    maker = _CASES.get((area, arguments)) or _CASES.get(("", arguments))
    if maker is None:
        raise NoExpectationError(f"{rule.endpoint}: say in tests/expectations.py who sees {sorted(arguments)}")
    return maker


_TICKET_NAMES = ("mine", "colleagues", "shared", "unshared", "other", "call")
_TICKETS = things("reference", "ticket", *_TICKET_NAMES, missing="T-2026-999999")
_DRAFTS = things("interview_id", "draft", "customer", "colleague", "other", "over", "phone")
_NOTICES = things("code", "notice", "open", "customers", "ours", "theirs", "draft", missing="N-2026-none")
_DESK_NOTICES = things(
    "code", "notice", "open", "customers", "ours", "theirs", "draft", missing="N-2026-none", seen=ON_DESK
)
_FILES = {
    ("mine", "file:mine"): EVERYBODY,
    ("mine", "file:mine-note"): AGENTS,
    ("other", "file:other"): EVERYBODY,
    ("other", "file:other-note"): AGENTS,
}


_OUT = ("open", "customers", "ours", "theirs")
_NAMED = (*_OUT, "draft")
"""Notices that tickets can be joined to: one that isn't out yet, too."""
_CALLED = [("open", "ours"), ("open", "theirs"), ("customers", "ours"), ("customers", "theirs"), ("ours", "ours"),
           ("theirs", "theirs")]  # fmt: skip
"""Which notices concern which organisations, so that somebody can be called there."""
_WINDOWS = {(name, f"window:{name}"): EVERYBODY for name in _OUT}


def _questionnaires(**more: str) -> Cases:
    """Return cases for a published questionnaire, which everybody at the desk may look at."""

    def made(world: World) -> Iterator[Case]:
        for key, seen_by in (("his-fault", EVERYBODY), ("nothing", NOBODY)):
            yield Case(key, {"key": key, **more}, seen_by)

    return made


def _formats(_world: World) -> Iterator[Case]:
    """Yield the ways in which a list of notices is sent."""
    for form, seen_by in (("atom", EVERYBODY), ("ics", EVERYBODY), ("json", EVERYBODY), ("xml", NOBODY)):
        yield Case(form, {"form": form}, seen_by)


_EMERGENCIES = things("emergency_id", "emergency", "running", "over", "ours", "theirs")
_LESSONS = things("emergency_id", "emergency", "ours", "theirs", "running", seen={"emergency:running": NOBODY})
_ORGANISATIONS = things("organisation_id", "organisation", "ours", "theirs")
_GROUPS = {(name, "group:ours"): EVERYBODY for name in ("ours", "theirs")}
_LANGUAGES = dict.fromkeys(("en", "zh_Hant"), EVERYBODY)
_CASES: dict[tuple[str, frozenset[str]], Cases] = {
    ("", frozenset({"reference"})): _TICKETS,
    ("", frozenset({"reference", "file_id"})): inside(_TICKETS, "file_id", _FILES),
    ("", frozenset({"reference", "action_id"})): inside(
        _TICKETS, "action_id", {("mine", "action:mine"): AGENTS, ("other", "action:other"): AGENTS}
    ),
    ("", frozenset({"reference", "contact_id"})): inside(
        _TICKETS, "contact_id", {(name, "contact:customer"): EVERYBODY for name in _TICKET_NAMES}, is_idle=True
    ),
    ("", frozenset({"reference", "language"})): together(_TICKETS, "language", _LANGUAGES, "xx"),
    ("", frozenset({"interview_id"})): _DRAFTS,
    ("", frozenset({"interview_id", "page_id"})): together(
        _DRAFTS, "page_id", dict.fromkeys(("where", "show"), EVERYBODY), "nothing"
    ),
    ("", frozenset({"interview_id", "file_id"})): inside(
        _DRAFTS,
        "file_id",
        {(name, f"draft-file:{name}"): EVERYBODY for name in ("customer", "colleague", "other")},
    ),
    ("", frozenset({"code"})): _NOTICES,
    ("", frozenset({"code", "language"})): together(_NOTICES, "language", _LANGUAGES, "xx"),
    ("desk", frozenset({"code"})): _DESK_NOTICES,
    ("desk", frozenset({"code", "language"})): together(_DESK_NOTICES, "language", _LANGUAGES, "xx"),
    ("desk", frozenset({"code", "number"})): together(_DESK_NOTICES, "number", {"1": EVERYBODY}, "99"),
    ("desk", frozenset({"code", "batch_id"})): inside(
        _DESK_NOTICES,
        "batch_id",
        {(name, f"batch:{name}"): EVERYBODY for name in ("open", "customers", "ours", "theirs")},
    ),
    ("desk", frozenset({"code", "organisation_id"})): inside(
        _DESK_NOTICES,
        "organisation_id",
        {(name, f"organisation:{whose}"): SEES[f"organisation:{whose}"] for name, whose in _CALLED},
    ),
    ("desk", frozenset({"code", "reference"})): inside(
        _DESK_NOTICES,
        "reference",
        {(name, f"ticket:{whose}"): SEES[f"ticket:{whose}"] for name, whose in product(_NAMED, ("mine", "other"))},
    ),
    ("desk", frozenset({"code", "window_id"})): inside(_DESK_NOTICES, "window_id", _WINDOWS),
    ("", frozenset({"code", "window_id"})): inside(_NOTICES, "window_id", _WINDOWS),
    ("", frozenset({"copy_code"})): things("copy_code", "copy", "ours", missing="NONESUCH22"),
    ("", frozenset({"form"})): _formats,
    ("", frozenset({"secret", "form"})): together(
        things("secret", "notice-feed", "ours"), "form", dict.fromkeys(("atom", "ics", "json"), EVERYBODY), "xml"
    ),
    ("desk", frozenset({"surge_id"})): things("surge_id", "surge", "declared"),
    ("desk", frozenset({"plan_id"})): things("plan_id", "plan", "all", "ours", "theirs"),
    ("", frozenset({"plan_id"})): things("plan_id", "plan", "ours", "theirs", "all", seen={"plan:all": NOBODY}),
    ("desk", frozenset({"emergency_id"})): _EMERGENCIES,
    ("", frozenset({"emergency_id"})): _LESSONS,
    ("desk", frozenset({"emergency_id", "place"})): together(_EMERGENCIES, "place", {"0": EVERYBODY}, "99"),
    ("desk", frozenset({"emergency_id", "action_id"})): inside(
        _EMERGENCIES, "action_id", {(name, f"emergency-action:{name}"): EVERYBODY for name in ("ours", "theirs")}
    ),
    ("", frozenset({"organisation_id"})): _ORGANISATIONS,
    ("", frozenset({"organisation_id", "group_id"})): inside(_ORGANISATIONS, "group_id", _GROUPS, is_idle=True),
    ("", frozenset({"invitation_id"})): things(
        "invitation_id",
        "invitation",
        "ours",
        "theirs",
        seen={f"invitation:{name}": SEES[f"organisation:{name}"] for name in ("ours", "theirs")},
    ),
    ("", frozenset({"session_id"})): things(
        "session_id",
        "session",
        "customer",
        "other",
        seen={f"session:{name}": frozenset({name}) for name in ("customer", "other")},
    ),
    ("", frozenset({"summary_id"})): things("summary_id", "summary", "ours", "theirs"),
    ("desk", frozenset({"summary_id"})): things(
        "summary_id", "summary", "ours", "theirs", seen={"summary:ours": DESK, "summary:theirs": DESK | {"limited"}}
    ),
    ("desk", frozenset({"person_id"})): things(
        "person_id", "person", "customer", "other", seen=dict.fromkeys(("person:customer", "person:other"), DESK)
    ),
    ("", frozenset({"contact_id"})): things(
        "contact_id",
        "contact",
        "customer",
        "other",
        seen={"contact:customer": SEES["organisation:ours"], "contact:other": SEES["organisation:theirs"]},
    ),
    ("", frozenset({"installation_id"})): things(
        "installation_id",
        "installation",
        "ours",
        "theirs",
        seen={f"installation:{name}": SEES[f"organisation:{name}"] for name in ("ours", "theirs")},
    ),
    ("", frozenset({"ticket_id"})): things("ticket_id", "call", "call", "mine"),
    ("", frozenset({"token"})): things("token", "token", "open"),
    ("", frozenset({"secret"})): things("secret", "feed", "customer"),
    ("desk", frozenset({"policy"})): things("policy", "policy", "default", missing="none"),
    ("desk", frozenset({"calendar"})): things("calendar", "calendar", "office", missing="none"),
    ("desk", frozenset({"series"})): things("series", "series", "south", missing="winter"),
    ("", frozenset({"signed"})): things("signed", "rating", "mine", missing="not-signed"),
    ("", frozenset({"file_name"})): things("file_name", "asset", "any", missing="nothing.css"),
    ("desk", frozenset({"key"})): _questionnaires(),
    ("desk", frozenset({"key", "number"})): _questionnaires(number="4"),
    ("desk", frozenset({"key", "number", "page_id", "language"})): together(
        together(_questionnaires(number="4"), "page_id", {"where": EVERYBODY}, "nothing"), "language", _LANGUAGES, "xx"
    ),
    ("desk", frozenset({"team_id"})): things("team_id", "team", "wards", seen={"team:wards": EVERYBODY}),
    ("desk", frozenset({"agent_id"})): things("agent_id", "agent", "agent", seen={"agent:agent": EVERYBODY}),
    ("desk", frozenset({"turn_id"})): things("turn_id", "turn", "planned", seen={"turn:planned": EVERYBODY}),
    ("desk", frozenset({"reply_id"})): things("reply_id", "reply", "hello", seen={"reply:hello": EVERYBODY}),
    ("desk", frozenset({"filter_id"})): things("filter_id", "filter", "mine", seen={"filter:mine": EVERYBODY}),
    ("", frozenset({"letter_id"})): things("letter_id", "letter", "customer", "other"),
}


def _set_up(world: World) -> Iterator[Case]:
    """Return cases for one thing of several of the lists that are set up; only admins come this far."""
    things = {
        "organisations": world.ids["organisation:theirs"],
        "contacts": world.ids["contact:other"],
        "agents": world.ids["agent:second"],
        "products": "his",
        "modules": "his:orders",
        "installations": world.ids["installation:theirs"],
        "releases": world.ids["release:any"],
    }
    for register, key in things.items():
        yield Case(register, {"register": register, "key": key}, EVERYBODY)
    yield Case("missing", {"register": "organisations", "key": MISSING}, NOBODY)


def _registers(world: World) -> Iterator[Case]:
    """Return cases for the lists that are set up; what may come from a spreadsheet stands first."""
    for register in ("organisations", "contacts", "installations", "releases"):
        yield Case(register, {"register": register}, EVERYBODY)


_ARTICLES = things("article_id", "article", "published", "draft")
_OF_HIS = DESK | {"limited"}
_ARTICLES_ON_DESK = things(
    "article_id",
    "article",
    "published",
    "draft",
    seen=dict.fromkeys(("article:published", "article:draft"), _OF_HIS),
)
_CASES |= {
    ("", frozenset({"register"})): _registers,
    ("", frozenset({"register", "key"})): _set_up,
    ("", frozenset({"import_id"})): things("import_id", "import", "any", seen={"import:any": EVERYBODY}),
    ("", frozenset({"article_id"})): _ARTICLES,
    ("desk", frozenset({"article_id"})): _ARTICLES_ON_DESK,
    ("desk", frozenset({"article_id", "language"})): together(_ARTICLES_ON_DESK, "language", _LANGUAGES, "xx"),
    ("desk", frozenset({"fault"})): things("fault", "fault", "any", missing="F-2026-9999", seen={"fault:any": _OF_HIS}),
    ("desk", frozenset({"report_id"})): things("report_id", "report", "ours", seen={"report:ours": DESK}),
}
