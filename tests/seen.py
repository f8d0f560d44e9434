"""Who may see what, and who may do what to it, as sets of identities written down by hand."""

from collections.abc import Mapping

from portal.ui.access import Door
from tests.world import IDENTITIES

EVERYBODY = frozenset(IDENTITIES)
NOBODY: frozenset[str] = frozenset()
HOUSE = frozenset({"colleague", "manager"})
"""Those who see everything of their own organisation."""
DESK = frozenset({"agent", "admin"})
"""Those who serve everybody."""
AGENTS = DESK | {"limited", "by_product"}
SIGNED_IN = EVERYBODY - {"anonymous", "disabled"}
CUSTOMERS = SIGNED_IN - AGENTS
THEIRS = frozenset({"other", "agent", "admin", "limited", "by_product"})

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
    "ticket:other": THEIRS,
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
    "organisation:theirs": THEIRS,
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
    "zz-other-file-zz": THEIRS,
    "zz-other-note-file-zz": THEIRS - {"other"},
    **{f"zz-{name}-draft-zz": SEES[f"draft:{name}"] for name in ("customer", "colleague", "other")},
    "zz-phone-draft-zz": SEES["draft:phone"],
    **{f"zz-{name}-draft-file-zz": SEES[f"draft:{name}"] for name in ("customer", "other")},
    **{f"zz-{name}-zz": SEES[f"notice:{name}"] for name in ("customers",)},
    "zz-draft-zz": DESK,
    **{f"zz-{kind}-ours-zz": SEES["emergency:ours"] for kind in ("plan", "lesson")},
    **{f"zz-{kind}-theirs-zz": SEES["emergency:theirs"] for kind in ("plan", "lesson")},
    "zz-call-zz": DESK,
    "zz-caller-zz": DESK,
    "zz-theirs-zz": THEIRS,
    "zz-stranger-zz": THEIRS,
    "zz-their-site-zz": THEIRS,
    "zz-guest-theirs-zz": THEIRS,
    "zz-guest-ours-zz": HOUSE | DESK | {"customer", "by_product"},
}
"""The words that give a thing away, and who may read them, on whatever page."""

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
