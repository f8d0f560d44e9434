"""Who is to see what, written down by hand: the authorisation matrix asks for every address as everybody."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from uuid import UUID

from werkzeug.routing import Rule

from portal.ui.access import Door
from tests.world import IDENTITIES, World

EVERYBODY = frozenset(IDENTITIES)
NOBODY: frozenset[str] = frozenset()
HOUSE = frozenset({"colleague", "manager"})
"""Those who see everything of their own organisation."""
DESK = frozenset({"agent", "admin"})
"""Those who serve everybody."""
AGENTS = DESK | {"limited", "by_product"}
SIGNED_IN = EVERYBODY - {"anonymous", "disabled"}
CUSTOMERS = SIGNED_IN - AGENTS
_THEIRS = frozenset({"other", "agent", "admin", "limited", "by_product"})

OPENS: Mapping[Door, frozenset[str]] = {
    Door.PUBLIC: EVERYBODY,
    Door.SIGNED_IN: SIGNED_IN,
    Door.CUSTOMER: CUSTOMERS,
    Door.MANAGER: frozenset({"manager", "other"}),
    Door.AGENT: AGENTS,
    Door.ADMIN: frozenset({"admin"}),
}

SEES: Mapping[str, frozenset[str]] = {
    "ticket:mine": HOUSE | DESK | {"customer"},
    "ticket:colleagues": HOUSE | DESK,
    "ticket:shared": HOUSE | DESK | {"customer"},
    "ticket:unshared": HOUSE | DESK,
    "ticket:other": _THEIRS,
    "ticket:call": DESK,
    "draft:customer": HOUSE | {"customer"},
    "draft:colleague": HOUSE,
    "draft:other": frozenset({"other"}),
    "draft:phone": HOUSE | {"customer", "agent"},
    "draft:over": NOBODY,
    "notice:open": EVERYBODY,
    "notice:customers": SIGNED_IN,
    "notice:ours": HOUSE | DESK | {"customer"},
    "notice:theirs": DESK | {"other", "limited"},
    "notice:draft": NOBODY,
    "organisation:ours": HOUSE | DESK | {"customer", "by_product"},
    "organisation:theirs": _THEIRS,
    **dict.fromkeys(("call:call", "token:open", "asset:any", "rating:mine"), EVERYBODY),
    **dict.fromkeys(("feed:customer", "policy:default", "calendar:office"), EVERYBODY),
    "series:south": EVERYBODY,
    "notice-feed:ours": EVERYBODY,
    "copy:ours": EVERYBODY,
    "call:mine": NOBODY,
    "summary:ours": HOUSE | {"customer"},
    "summary:theirs": frozenset({"other"}),
    "surge:declared": DESK,
    "plan:all": AGENTS,
    "plan:ours": DESK | {"customer"},
    "plan:theirs": DESK | {"limited", "other"},
    "emergency:running": DESK,
    "emergency:over": DESK,
    "emergency:ours": HOUSE | DESK | {"customer"},
    "emergency:theirs": DESK | {"limited", "other"},
    "article:published": SIGNED_IN - {"by_product"},
    "article:draft": NOBODY,
    "letter:customer": DESK,
    "letter:other": DESK | {"limited"},
}
"""Each thing, and who may know that it is there."""
ON_DESK = {"notice:draft": DESK, "notice:ours": DESK, "notice:theirs": DESK | {"limited"}, "notice:open": AGENTS}
"""Where agents write, a draft can be seen by those who serve everybody."""

WORDS: Mapping[str, frozenset[str]] = {
    **{f"zz-{name}-zz": SEES[f"ticket:{name}"] for name in ("mine", "colleagues", "shared", "unshared", "other")},
    **{f"zz-{name}-note-zz": SEES[f"ticket:{name}"] & AGENTS for name in ("mine", "shared", "other")},
    **{f"zz-{name}-visit-zz": SEES[f"ticket:{name}"] for name in ("mine", "other")},
    "zz-customer-file-zz": SEES["ticket:mine"],
    "zz-customer-note-file-zz": DESK,
    "zz-other-file-zz": _THEIRS,
    "zz-other-note-file-zz": _THEIRS - {"other"},
    **{f"zz-{name}-draft-zz": SEES[f"draft:{name}"] for name in ("customer", "colleague", "other")},
    "zz-phone-draft-zz": SEES["draft:phone"],
    **{f"zz-{name}-draft-file-zz": SEES[f"draft:{name}"] for name in ("customer", "other")},
    **{f"zz-{name}-zz": SEES[f"notice:{name}"] for name in ("customers",)},
    "zz-draft-zz": DESK,
    **{f"zz-{kind}-ours-zz": SEES["emergency:ours"] for kind in ("plan", "lesson")},
    **{f"zz-{kind}-theirs-zz": SEES["emergency:theirs"] for kind in ("plan", "lesson")},
    "zz-call-zz": DESK,
    "zz-caller-zz": DESK,
    "zz-theirs-zz": _THEIRS,
    "zz-stranger-zz": _THEIRS,
    "zz-their-site-zz": _THEIRS,
    "zz-guest-theirs-zz": _THEIRS,
    "zz-guest-ours-zz": HOUSE | DESK | {"customer", "by_product"},
}
"""The words that give a thing away, and who may read them, on whatever page."""


@dataclass(frozen=True)
class Case:
    """One choice of what stands in an address."""

    name: str
    values: Mapping[str, str]
    seen_by: frozenset[str]


class NoExpectationError(LookupError):
    """Nobody has written down who may see what such an address leads to."""


MISSING = str(UUID(int=7))
Cases = Callable[[World], Iterator[Case]]


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


def _things(
    argument: str,
    kind: str,
    *names: str,
    missing: str = MISSING,
    seen: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Cases:
    """Return cases for an address with one thing in it."""

    def made(world: World) -> Iterator[Case]:
        for name in names:
            yield Case(name, {argument: world.ids[f"{kind}:{name}"]}, {**SEES, **seen}[f"{kind}:{name}"])
        yield Case("missing", {argument: missing}, NOBODY)

    return made


def _with(first: Cases, argument: str, known: Mapping[str, frozenset[str]], missing: str) -> Cases:
    """Return cases in which something that needs no permission of its own stands behind a thing."""

    def made(world: World) -> Iterator[Case]:
        for thing, (value, seen_by) in product(first(world), [*known.items(), (missing, NOBODY)]):
            yield Case(f"{thing.name}+{value}", {**thing.values, argument: value}, thing.seen_by & seen_by)

    return made


def _inside(
    first: Cases, argument: str, things: Mapping[tuple[str, str], frozenset[str]], *, is_idle: bool = False
) -> Cases:
    """Return cases for a thing inside another: right only together, whoever may see each of them.

    Where doing something to what isn't there is idle, and no fault, nothing can be missing.
    """

    def made(world: World) -> Iterator[Case]:
        names = [*dict.fromkeys(name for _, name in things), *([] if is_idle else [""])]
        for thing, name in product(first(world), names):
            value = world.ids[name] if name else MISSING
            seen_by = things.get((thing.name, name), NOBODY)
            yield Case(f"{thing.name}+{name or 'missing'}", {**thing.values, argument: value}, thing.seen_by & seen_by)

    return made


_TICKET_NAMES = ("mine", "colleagues", "shared", "unshared", "other", "call")
_TICKETS = _things("reference", "ticket", *_TICKET_NAMES, missing="T-2026-999999")
_DRAFTS = _things("interview_id", "draft", "customer", "colleague", "other", "over", "phone")
_NOTICES = _things("code", "notice", "open", "customers", "ours", "theirs", "draft", missing="N-2026-none")
_DESK_NOTICES = _things(
    "code", "notice", "open", "customers", "ours", "theirs", "draft", missing="N-2026-none", seen=ON_DESK
)
_FILES = {
    ("mine", "file:mine"): EVERYBODY,
    ("mine", "file:mine-note"): AGENTS,
    ("other", "file:other"): EVERYBODY,
    ("other", "file:other-note"): AGENTS,
}


_OUT = ("open", "customers", "ours", "theirs")
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


_EMERGENCIES = _things("emergency_id", "emergency", "running", "over", "ours", "theirs")
_LESSONS = _things("emergency_id", "emergency", "ours", "theirs", "running", seen={"emergency:running": NOBODY})
_ORGANISATIONS = _things("organisation_id", "organisation", "ours", "theirs")
_GROUPS = {(name, "group:ours"): EVERYBODY for name in ("ours", "theirs")}
_LANGUAGES = dict.fromkeys(("en", "zh_Hant"), EVERYBODY)
_CASES: dict[tuple[str, frozenset[str]], Cases] = {
    ("", frozenset({"reference"})): _TICKETS,
    ("", frozenset({"reference", "file_id"})): _inside(_TICKETS, "file_id", _FILES),
    ("", frozenset({"reference", "action_id"})): _inside(
        _TICKETS, "action_id", {("mine", "action:mine"): AGENTS, ("other", "action:other"): AGENTS}
    ),
    ("", frozenset({"reference", "contact_id"})): _inside(
        _TICKETS, "contact_id", {(name, "contact:customer"): EVERYBODY for name in _TICKET_NAMES}, is_idle=True
    ),
    ("", frozenset({"reference", "language"})): _with(_TICKETS, "language", _LANGUAGES, "xx"),
    ("", frozenset({"interview_id"})): _DRAFTS,
    ("", frozenset({"interview_id", "page_id"})): _with(
        _DRAFTS, "page_id", dict.fromkeys(("where", "show"), EVERYBODY), "nothing"
    ),
    ("", frozenset({"interview_id", "file_id"})): _inside(
        _DRAFTS,
        "file_id",
        {(name, f"draft-file:{name}"): EVERYBODY for name in ("customer", "colleague", "other")},
    ),
    ("", frozenset({"code"})): _NOTICES,
    ("", frozenset({"code", "language"})): _with(_NOTICES, "language", _LANGUAGES, "xx"),
    ("desk", frozenset({"code"})): _DESK_NOTICES,
    ("desk", frozenset({"code", "language"})): _with(_DESK_NOTICES, "language", _LANGUAGES, "xx"),
    ("desk", frozenset({"code", "number"})): _with(_DESK_NOTICES, "number", {"1": EVERYBODY}, "99"),
    ("desk", frozenset({"code", "batch_id"})): _inside(
        _DESK_NOTICES,
        "batch_id",
        {(name, f"batch:{name}"): EVERYBODY for name in ("open", "customers", "ours", "theirs")},
    ),
    ("desk", frozenset({"code", "organisation_id"})): _inside(
        _DESK_NOTICES,
        "organisation_id",
        {(name, f"organisation:{whose}"): SEES[f"organisation:{whose}"] for name, whose in _CALLED},
    ),
    ("desk", frozenset({"code", "reference"})): _inside(
        _DESK_NOTICES,
        "reference",
        {(name, f"ticket:{whose}"): SEES[f"ticket:{whose}"] for name, whose in product(_OUT, ("mine", "other"))},
    ),
    ("desk", frozenset({"code", "window_id"})): _inside(_DESK_NOTICES, "window_id", _WINDOWS),
    ("", frozenset({"code", "window_id"})): _inside(_NOTICES, "window_id", _WINDOWS),
    ("", frozenset({"copy_code"})): _things("copy_code", "copy", "ours", missing="NONESUCH22"),
    ("", frozenset({"form"})): _formats,
    ("", frozenset({"secret", "form"})): _with(
        _things("secret", "notice-feed", "ours"), "form", dict.fromkeys(("atom", "ics", "json"), EVERYBODY), "xml"
    ),
    ("desk", frozenset({"surge_id"})): _things("surge_id", "surge", "declared"),
    ("desk", frozenset({"plan_id"})): _things("plan_id", "plan", "all", "ours", "theirs"),
    ("", frozenset({"plan_id"})): _things("plan_id", "plan", "ours", "theirs", "all", seen={"plan:all": NOBODY}),
    ("desk", frozenset({"emergency_id"})): _EMERGENCIES,
    ("", frozenset({"emergency_id"})): _LESSONS,
    ("desk", frozenset({"emergency_id", "place"})): _with(_EMERGENCIES, "place", {"0": EVERYBODY}, "99"),
    ("desk", frozenset({"emergency_id", "action_id"})): _inside(
        _EMERGENCIES, "action_id", {(name, f"emergency-action:{name}"): EVERYBODY for name in ("ours", "theirs")}
    ),
    ("", frozenset({"organisation_id"})): _ORGANISATIONS,
    ("", frozenset({"organisation_id", "group_id"})): _inside(_ORGANISATIONS, "group_id", _GROUPS, is_idle=True),
    ("", frozenset({"invitation_id"})): _things(
        "invitation_id",
        "invitation",
        "ours",
        "theirs",
        seen={f"invitation:{name}": SEES[f"organisation:{name}"] for name in ("ours", "theirs")},
    ),
    ("", frozenset({"session_id"})): _things(
        "session_id",
        "session",
        "customer",
        "other",
        seen={f"session:{name}": frozenset({name}) for name in ("customer", "other")},
    ),
    ("", frozenset({"summary_id"})): _things("summary_id", "summary", "ours", "theirs"),
    ("desk", frozenset({"summary_id"})): _things(
        "summary_id", "summary", "ours", "theirs", seen={"summary:ours": DESK, "summary:theirs": DESK | {"limited"}}
    ),
    ("desk", frozenset({"person_id"})): _things(
        "person_id", "person", "customer", "other", seen=dict.fromkeys(("person:customer", "person:other"), DESK)
    ),
    ("", frozenset({"contact_id"})): _things(
        "contact_id",
        "contact",
        "customer",
        "other",
        seen={"contact:customer": SEES["organisation:ours"], "contact:other": SEES["organisation:theirs"]},
    ),
    ("", frozenset({"installation_id"})): _things(
        "installation_id",
        "installation",
        "ours",
        "theirs",
        seen={f"installation:{name}": SEES[f"organisation:{name}"] for name in ("ours", "theirs")},
    ),
    ("", frozenset({"ticket_id"})): _things("ticket_id", "call", "call", "mine"),
    ("", frozenset({"token"})): _things("token", "token", "open"),
    ("", frozenset({"secret"})): _things("secret", "feed", "customer"),
    ("desk", frozenset({"policy"})): _things("policy", "policy", "default", missing="none"),
    ("desk", frozenset({"calendar"})): _things("calendar", "calendar", "office", missing="none"),
    ("desk", frozenset({"series"})): _things("series", "series", "south", missing="winter"),
    ("", frozenset({"signed"})): _things("signed", "rating", "mine", missing="not-signed"),
    ("", frozenset({"file_name"})): _things("file_name", "asset", "any", missing="nothing.css"),
    ("desk", frozenset({"key"})): _questionnaires(),
    ("desk", frozenset({"key", "number"})): _questionnaires(number="3"),
    ("desk", frozenset({"key", "number", "page_id", "language"})): _with(
        _with(_questionnaires(number="3"), "page_id", {"where": EVERYBODY}, "nothing"), "language", _LANGUAGES, "xx"
    ),
    ("desk", frozenset({"team_id"})): _things("team_id", "team", "wards", seen={"team:wards": EVERYBODY}),
    ("desk", frozenset({"agent_id"})): _things("agent_id", "agent", "agent", seen={"agent:agent": EVERYBODY}),
    ("desk", frozenset({"turn_id"})): _things("turn_id", "turn", "planned", seen={"turn:planned": EVERYBODY}),
    ("desk", frozenset({"reply_id"})): _things("reply_id", "reply", "hello", seen={"reply:hello": EVERYBODY}),
    ("desk", frozenset({"filter_id"})): _things("filter_id", "filter", "mine", seen={"filter:mine": EVERYBODY}),
    ("", frozenset({"letter_id"})): _things("letter_id", "letter", "customer", "other"),
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


_ARTICLES = _things("article_id", "article", "published", "draft")
_OF_HIS = DESK | {"limited"}
_ARTICLES_ON_DESK = _things(
    "article_id",
    "article",
    "published",
    "draft",
    seen=dict.fromkeys(("article:published", "article:draft"), _OF_HIS),
)
_CASES |= {
    ("", frozenset({"register"})): _registers,
    ("", frozenset({"register", "key"})): _set_up,
    ("", frozenset({"import_id"})): _things("import_id", "import", "any", seen={"import:any": EVERYBODY}),
    ("", frozenset({"article_id"})): _ARTICLES,
    ("desk", frozenset({"article_id"})): _ARTICLES_ON_DESK,
    ("desk", frozenset({"article_id", "language"})): _with(_ARTICLES_ON_DESK, "language", _LANGUAGES, "xx"),
    ("desk", frozenset({"fault"})): _things(
        "fault", "fault", "any", missing="F-2026-9999", seen={"fault:any": _OF_HIS}
    ),
    ("desk", frozenset({"report_id"})): _things("report_id", "report", "ours", seen={"report:ours": DESK}),
}

_INVITING = {"ours": DESK | {"manager"}, "theirs": DESK | {"limited", "other"}}
_SHARING = {"mine": frozenset({"customer", "manager"}), "colleagues": HOUSE, "shared": HOUSE, "unshared": HOUSE}
_MANAGING = {"customer": _INVITING["ours"], "other": _INVITING["theirs"]}
_FOLLOWING = {name: frozenset({"colleague"}) for name in ("colleagues", "unshared")}
_FOLLOWING |= {"mine": frozenset({"customer"}), "shared": frozenset({"customer", "colleague"})}
ALLOWED: Mapping[str, Mapping[str, frozenset[str]]] = {
    "accounts.add_installation": _INVITING,
    "accounts.change_contact": _MANAGING,
    "accounts.change_installation": _INVITING,
    "accounts.disable_contact": _MANAGING,
    "accounts.new_installation": _INVITING,
    "accounts.remove_installation": _INVITING,
    "accounts.show_contact": _MANAGING,
    "accounts.show_installation": _INVITING,
    "accounts.show_installation_changes": _INVITING,
    "accounts.new_invitation": _INVITING,
    "accounts.invite": _INVITING,
    "accounts.revoke_invitation": _INVITING,
    "chat.show": _INVITING,
    "chat.connect": _INVITING,
    "chat.disconnect": _INVITING,
    "ratings.rate": _FOLLOWING,
    "summaries.index_on_desk": _INVITING,
    "summaries.plan_on_desk": _INVITING,
    "summaries.read_along_on_desk": _INVITING,
    "tickets.share": _SHARING,
    "tickets.unshare": _SHARING,
}
"""Where seeing is not enough: who may do it to what; whoever else sees the thing is told 403."""
SHUT = {"accounts.sign_in_as_demo_person": 404}
"""What nobody gets at, whatever the door says: this portal is no demonstration."""
HIDDEN_AS = {"accounts.end_session": 303, "desk.forget_filter": 303}
"""Where what isn't there is answered by something else than 404: ending what has ended is no fault."""
TOLD_BY_SECRET: Mapping[str, frozenset[str]] = {"formats.show_private_feed": frozenset({"zz-customers-zz"})}
"""Words that whoever knows a secret address reads behind it, signed in or not."""
