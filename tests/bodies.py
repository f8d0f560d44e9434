"""What is posted to each address so that something happens there, for tests that post everywhere."""

import json
from collections.abc import Mapping

from tests.portal.questionnaires.examples import TEXT
from tests.world import World

CSAF = " " + json.dumps(
    {
        "document": {
            "category": "csaf_base",
            "csaf_version": "2.0",
            "title": "Check your backups",
            "publisher": {"category": "vendor", "name": "Somebody", "namespace": "https://somebody.example"},
            "tracking": {
                "id": "S-1",
                "status": "final",
                "version": "1",
                "initial_release_date": "2026-04-01T00:00:00Z",
                "current_release_date": "2026-04-01T00:00:00Z",
                "revision_history": [{"number": "1", "date": "2026-04-01T00:00:00Z", "summary": "First."}],
            },
        }
    }
)
ONCE = "0123456789abcdef" * 2
_NOTHING: Mapping[str, str] = {}
_SERIES = {
    "name_en": "Typhoons",
    "regions": "South China",
    "starts_on": "04-15",
    "act_by": "05-01",
    "ends_on": "10-15",
    "lead_days": "30",
    "is_active": "y",
}
_EMERGENCY = {"once": ONCE, "q-emg_reason": "stopped", "q-emg_what": "All is down", "q-callback": "010-5555-0199"}
_QUESTIONNAIRE = TEXT.format(key="small", version=1, title="Report something", page="about")
_PLAN = {
    "name": "Slow",
    "incident_class": "slow",
    "assembly": "15",
    "cadence": "30",
    "teller": "{agent:agent}",
    "steps": "5 Look",
    "once": ONCE,
}
_WINDOW = {
    "day": "2026-05-11",
    "at": "22:00",
    "minutes": "90",
    "time_zone": "Asia/Shanghai",
    "repeat": "never",
    "until": "",
    "once": ONCE,
}
_BODIES: Mapping[str, Mapping[str, str]] = {
    "accounts.accept_invitation": {"name": "Gu Ming", "password": "a long pass phrase", "again": "a long pass phrase"},
    "accounts.add_installation": {"product": "his", "version": "5.6.2", "once": ONCE},
    "accounts.change_contact": {"role": "contact", "see_scope": "own", "once": ONCE},
    "accounts.change_installation": {"product": "his", "version": "5.6.2", "once": ONCE},
    "accounts.change_password": {},
    "accounts.choose_language": {"locale": "zh_Hant"},
    "accounts.choose_theme": {"theme": "dark"},
    "accounts.invite": {"name": "Gu Ming", "email": "gu.ming@hospital.example", "role": "contact"},
    "accounts.ask_for_code": {"code-identifier": "nobody@hospital.example"},
    "accounts.sign_in_by_password": {"password-identifier": "nobody", "password-password": "wrong"},
    "administration.change": {"name": "Qinghe", "tier": "gold", "time_zone": "Asia/Shanghai", "locale": "zh_Hans"},
    "administration.close": {"closed": "yes"},
    "administration.create": {
        "name": "Gulou Hospital",
        "tier": "gold",
        "time_zone": "Asia/Shanghai",
        "locale": "zh_Hans",
        "once": ONCE,
    },
    "board.read_along": {"by_mail": "yes"},
    "board.make_report": {"month": "2026-04", "about": "his"},
    "chat.connect": {
        "service": "feishu",
        "address": "https://open.feishu.cn/open-apis/bot/v2/hook/robot",
        "language": "en",
    },
    "agreements.add_day": {"day-day": "2026-05-20", "day-kind": "off", "day-version": "1"},
    "agreements.remove_day": {"day": "2026-10-01"},
    "agreements.save_policy": {
        "version": "1",
        "calendar": "cn-office",
        "reply_working_minutes": "20",
        "reply_at_most": "60",
        "updates_a_week": "2",
        "gap_working_days": "3",
    },
    "agreements.save_week": {"week-version": "1", "week-zone": "Asia/Shanghai", "week-day_0": "09:00-18:00"},
    "agreements.take_days": {"version": "1", "days": "2026-05-20|holiday|Founders"},
    "formats.check_import": {"text": CSAF, "name": "csaf.json", "once": ONCE},
    "formats.make_import": {"text": CSAF, "name": "csaf.json", "once": ONCE},
    "desk.add_note": {"note-body": "Seen", "note-once": ONCE, "note-version": "{version}"},
    "desk.add_update": {"reply-body": "We look", "reply-once": ONCE, "reply-version": "{version}"},
    "desk.change_priority": {
        "priority-priority": "P2",
        "priority-because": "More wards",
        "priority-once": ONCE,
        "priority-version": "{version}",
    },
    "desk.choose_tickets": {"t": "{ticket:mine}"},
    "desk.take_chosen": {"t": "{ticket:mine}", "many-once": ONCE},
    "desk.give_chosen": {"t": "{ticket:mine}", "giving-taker": "rule", "giving-once": ONCE},
    "desk.tell_chosen": {"t": "{ticket:mine}", "telling-body": "We look at all of them", "telling-once": ONCE},
    "desk.join_chosen": {"t": "{ticket:mine}", "joining-code": "{notice:open}", "joining-once": ONCE},
    "desk.keep_filter": {"filter-name": "Mine today"},
    "desk.give_ticket": {"giving-taker": "rule", "giving-team": "", "giving-once": ONCE},
    "desk.link_tickets": {"link-other": "{ticket:colleagues}", "link-once": ONCE},
    "desk.unlink_tickets": {"unlink-other": "{ticket:colleagues}", "unlink-once": ONCE},
    "desk.split_ticket": {"split-title": "A part", "split-words": "It goes on by itself", "split-once": ONCE},
    "desk.merge_ticket": {"same-other": "{ticket:colleagues}", "same-words": "We go on there", "same-once": ONCE},
    "desk.ask_for_steps": {
        "stepping-words": "Was it just so?",
        "stepping-once": ONCE,
        "stepping-version": "{version}",
    },
    "teams.add_team": {"team-name": "Interfaces"},
    "teams.change_team": {"team-name": "Wards and clinics", "team-members": "{agent:agent}"},
    "teams.change_skills": {"skills-skills": "his/"},
    "teams.hand_over": {"duty-agent": "{agent:agent}", "duty-note": "A call at 16:00"},
    "teams.switch_giving_out": {"on": "yes"},
    "replies.add_reply": {"saved-name": "We are on it", "saved-en": "Dear {contact}, we are on it."},
    "replies.change_reply": {"saved-name": "We look", "saved-en": "Dear {contact}, we look."},
    "desk.check_questionnaire": {"source": _QUESTIONNAIRE},
    "desk.publish_questionnaire": {"source": _QUESTIONNAIRE},
    "desk.start_for_caller": {
        "calling-contact": "{contact:customer}",
        "calling-questionnaire": "his-fault",
        "calling-once": ONCE,
    },
    "desk.decide_wish": {
        "verdict-kind": "feature",
        "verdict-decision": "later",
        "verdict-words": "Many ask for it",
        "verdict-once": ONCE,
        "verdict-version": "{version}",
    },
    "desk.keep_draft": {"reply-body": "We look into"},
    "desk.move_ticket": {"moving-state": "triaged", "moving-once": ONCE, "moving-version": "{version}"},
    "desk.reopen_ticket": {"reopening-once": ONCE, "reopening-version": "{version}"},
    "desk.resolve_ticket": {
        "solving-cause": "A setting",
        "solving-fix": "Set right",
        "solving-prevention": "Checked at night",
        "solving-once": ONCE,
        "solving-version": "{version}",
    },
    "desk.take_ticket": {"taking-once": ONCE, "taking-version": "{version}"},
    "desk.verify_callback": {
        "verifying-contact": "{contact:customer}",
        "verifying-once": ONCE,
        "verifying-version": "{version}",
    },
    "incidents.declare": {"next_by": "18:00", "once": ONCE},
    "incidents.say_next": {"new_time": "18:00", "once": ONCE},
    **{f"incidents.{name}": {"once": ONCE} for name in ("end", "take_back")},
    "incidents.put_aside": {"reason": "Training today", "once": ONCE},
    **{f"plans.{name}": {"once": ONCE} for name in ("answer", "finish_step", "end", "finish_action", "join_drills")},
    **dict.fromkeys(("plans.add_plan", "plans.change_plan"), _PLAN),
    "plans.start": {"plan": "{plan:all}", "mode": "closed", "words": "We practise", "once": ONCE},
    "plans.tell": {"words": "It is the disk", "once": ONCE},
    "plans.note": {"note": "Fuse 3", "once": ONCE},
    "plans.look_back": {"cause": "A disk", "prevention": "Watch it", "summary": "All is well", "once": ONCE},
    "interviews.save_page": {"q-product": "his", "q-version-confirm": "=5.5.1", "q-module": "orders"},
    "interviews.send_emergency": _EMERGENCY,
    "interviews.send_lane": _EMERGENCY,
    "interviews.start": {"questionnaire": "his-fault", "once": ONCE},
    "interviews.submit": {"once": ONCE},
    "notices.change_series": _SERIES,
    "notices.make_series": {**_SERIES, "once": ONCE},
    "notices.look_at_text": {"title": "The API is back", "take": "title:0"},
    "notices.schedule": {"day": "2026-04-30", "time": "08:00"},
    "notices.send_to_review": {"reviewer": "{reviewer:second}"},
    "phrasebook.drop": {"language": "en", "term": "rollback"},
    **dict.fromkeys(
        ("phrasebook.put_term_aside", "phrasebook.take_term_back"), {"language": "en", "term": "middleware"}
    ),
    "phrasebook.keep": {"language": "en", "term": "delta", "sentence": "a change"},
    "faults.join": {"title": "A counter runs over", "once": ONCE},
    "faults.move": {"state": "verifying", "once": ONCE},
    "knowledge.publish": {"review_on": "2026-12-01"},
    "knowledge.recall": {"reason": "It harms"},
    "knowledge.save_text": {"title": "How to print", "do_1": "Press {key:F7}", "see_1": "A sheet comes out"},
    "knowledge.start": {"about": "his:orders", "once": ONCE},
    "lessons.settle": {"outcome": "nothing", "reason": "A cable was loose"},
    "notices.add_error_text": {"text": "YB-3021: the claim timed out", "once": ONCE},
    **dict.fromkeys(("notices.add_window", "notices.move_window"), _WINDOW),
    "notices.answer": {"answer": "done", "once": ONCE},
    "notices.answer_copy": {"answer": "done", "name": "Luo Ying", "phone": "", "once": ONCE},
    "notices.call_window_off": {"reason": "The parts have not come", "once": ONCE},
    "notices.forget_error_text": {"key": "code:YB-3021"},
    "notices.skip_window": {"day": "2026-05-18"},
    "notices.write_call": {"answer": "done", "person": "", "name": "Luo Ying", "once": ONCE},
    "notices.write_slip": {"code": "{copy:ours}", "answer": "done", "name": "", "phone": "", "once": ONCE},
    "incidents.link_tickets": {"references": "{ticket:mine}", "once": ONCE},
    "incidents.update_tickets": {"body_en": "A router is being replaced", "once": ONCE},
    "incidents.solve_tickets": {
        "cause_en": "A full disk",
        "fix_en": "We made room",
        "prevention_en": "We watch it",
        "once": ONCE,
    },
    "notices.begin_batch": {"languages": "zh_Hans", "shape": "one", "once": ONCE},
    "notices.draw_paper": {"languages": "zh_Hans", "arrangement": "beside"},
    "notices.give_reason": {"reason": "Wrong site"},
    "notices.revise": {"weight": "material"},
    "notices.supersede": {"code": "N-2026-open"},
    "notices.tick": {"done": "c1", "before": ""},
    "privacy.erase": {"sure": "y"},
    "ratings.note_call": {"outcome": "reached", "once": ONCE},
    "ratings.rate": {"kind": "mood", "score": "3", "once": ONCE},
    "ratings.rate_from_mail": {"kind": "mood", "score": "3", "once": ONCE},
    "tickets.accept_date": {"once": ONCE},
    "summaries.plan": {"rhythm": "weekly"},
    "summaries.plan_on_desk": {"rhythm": "weekly"},
    "summaries.read_along": {"by_mail": "yes"},
    "summaries.read_along_on_desk": {"by_mail": "yes"},
    "visits.add_visit": {"visited_on": "2026-04-20", "who": "Chen Li", "found": "A cable", "once": ONCE},
    "visits.finish_action": {"once": ONCE},
    "tickets.add_reply": {"body": "Still so", "once": ONCE},
    "tickets.cancel": {"once": ONCE},
    "tickets.escalate": {"words": "Now two wards", "once": ONCE},
    "tickets.keep_draft": {"body": "It began on"},
    "tickets.share": {"contact": "{contact:manager}", "once": ONCE},
    "tickets.tell_outcome": {"outcome": "ok", "once": ONCE},
    "tickets.unshare": {"once": ONCE},
}


def body_for(world: World, endpoint: str, address: Mapping[str, str]) -> dict[str, str]:
    """Return a body that suits an endpoint and what stands in its address; often nothing needs to be said."""
    known = {**world.ids, "version": world.ids.get(f"version:{address.get('reference')}", "0")}
    return {name: _filled(value, known) for name, value in _BODIES.get(endpoint, _NOTHING).items()}


def _filled(value: str, known: Mapping[str, str]) -> str:
    return known[value[1:-1]] if value.startswith("{") else value
