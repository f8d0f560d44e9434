"""Tickets that are chosen together: what can be done with all of them, and how it went with each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import clock, idempotency, web
from portal.core.actor import Actor
from portal.desk import services
from portal.desk.forms import ManyForm, ManyJoinForm, ManyToForm, ManyUpdateForm
from portal.desk.services import MOST_CHOSEN
from portal.desk.views.blueprint import blueprint
from portal.desk.views.queue.lines import line_of
from portal.desk.views.wording import wording_of
from portal.incidents.queries.linked import notice_to_update
from portal.phrasebook.forms import Wording
from portal.teams.queries import agents
from portal.tickets.queries import still_there
from portal.tickets.services import Update
from portal.ui import access, pages
from portal.ui.forms import clean

Act = Callable[[Session, Sequence[str], Actor, datetime], Mapping[str, str]]
RULE = "rule"
_PURPOSE = "many"
_LONGEST = 20


@blueprint.get("/chosen")
@access.agent
def show_chosen() -> ResponseReturnValue:
    """Show the tickets that were chosen, what can be done with them, and how it went with each."""
    return _page(_chosen(request.args.getlist("t")))


@blueprint.post("/chosen")
@access.agent
def choose_tickets() -> ResponseReturnValue:
    """Lead to the page of the tickets that were chosen."""
    return _go_to(_chosen(request.form.getlist("t")))


@blueprint.post("/chosen/mine")
@access.agent
def take_chosen() -> ResponseReturnValue:
    """Let the agent take all of them on."""
    form = ManyForm(prefix="many")

    def take(session: Session, references: Sequence[str], by: Actor, at: datetime) -> Mapping[str, str]:
        return services.take_each(session, references, by=by, at=at)

    return _change_chosen(form, take)


@blueprint.post("/chosen/assignee")
@access.agent
def give_chosen() -> ResponseReturnValue:
    """Give all of them to a colleague, or each to whom the rule names."""
    form = ManyToForm(prefix="giving")
    _offer(form)
    if not form.validate():
        return _page(_chosen(request.form.getlist("t")), giving=form), 422
    taker = None if form.taker.data == RULE else UUID(form.taker.data)

    def give(session: Session, references: Sequence[str], by: Actor, at: datetime) -> Mapping[str, str]:
        return services.give_each(session, references, agent_id=taker, by=by, at=at)

    return _change_chosen(form, give)


@blueprint.post("/chosen/notice")
@access.agent
def join_chosen() -> ResponseReturnValue:
    """Join all of them to the notice about their common problem."""
    form = ManyJoinForm(prefix="joining")
    if not form.validate():
        return _page(_chosen(request.form.getlist("t")), joining=form), 422
    notice = notice_to_update(web.reading(), access.current_actor(), form.code.data.strip())
    if notice is None:
        form.refuse_code()
        return _page(_chosen(request.form.getlist("t")), joining=form), 422
    notice_id = notice.id

    def join(session: Session, references: Sequence[str], by: Actor, at: datetime) -> Mapping[str, str]:
        return services.join_each(session, references, notice_id=notice_id, by=by, at=at)

    return _change_chosen(form, join)


@blueprint.post("/chosen/updates")
@access.agent
def tell_chosen() -> ResponseReturnValue:
    """Send all their customers one update, with the time by which they hear again."""
    form = ManyUpdateForm(prefix="telling")
    references, is_good = _chosen(request.form.getlist("t")), form.validate()
    wording = wording_of(references[0] if references else "", form)
    if form.must_ask(wording) or not is_good:
        return _page(references, wording=wording, telling=form), 422
    update = Update(form.body.data, next_by=form.promised_by)

    def tell(session: Session, references: Sequence[str], by: Actor, at: datetime) -> Mapping[str, str]:
        kept = form.kept_terms(wording)
        return services.tell_each(session, references, update=update, kept=kept, by=by, at=at)

    return _change_chosen(form, tell)


def _change_chosen(form: ManyForm, act: Act) -> ResponseReturnValue:
    """Do something with what was chosen, once, and show how it went."""
    actor, at, once = access.current_actor(), clock.now(), (form.once.data or "")[:64]
    references = _chosen(request.form.getlist("t"))
    with web.changing() as session:
        if idempotency.earlier_result(session, once, purpose=_PURPOSE, person_id=actor.person_id) is None:
            result = dict(act(session, references, actor, at))
            idempotency.remember(session, once, purpose=_PURPOSE, person_id=actor.person_id, result=result, at=at)
    return _go_to(references, once)


def _go_to(references: Sequence[str], once: str = "") -> ResponseReturnValue:
    return redirect(url_for("desk.show_chosen", t=references, done=clean(once) or None), 303)


def _page(references: Sequence[str], *, wording: Wording | None = None, **sent: ManyForm) -> str:
    session, actor, at = web.reading(), access.current_actor(), clock.now()
    found = sorted(still_there(session, actor, references), key=lambda each: each.ticket.reference)
    giving = sent.get("giving") or ManyToForm(formdata=None, prefix="giving")
    _offer(giving)
    return pages.page(
        "desk/chosen.html",
        lines=[line_of(each, at) for each in found],
        outcomes=_outcomes(request.args.get("done", ""), actor),
        taking=ManyForm(formdata=None, prefix="many"),
        giving=giving,
        joining=sent.get("joining") or ManyJoinForm(formdata=None, prefix="joining"),
        telling=sent.get("telling") or ManyUpdateForm(formdata=None, prefix="telling"),
        sent=next(iter(sent.values()), None),
        wording=wording,
    )


def _outcomes(done: str, actor: Actor) -> Mapping[str, str]:
    """Return how it went the last time, as one's own key tells."""
    if not done:
        return {}
    found = idempotency.earlier_result(web.reading(), done[:64], purpose=_PURPOSE, person_id=actor.person_id)
    return {each: str(outcome) for each, outcome in (found or {}).items()}


def _offer(form: ManyForm) -> None:
    if isinstance(form, ManyToForm):
        form.offer(RULE, [(str(each), name) for each, name in agents(web.reading())])


def _chosen(given: Sequence[str]) -> list[str]:
    """Return the references that were chosen, as far as they could be any."""
    return sorted({clean(each)[:_LONGEST] for each in given if clean(each)})[:MOST_CHOSEN]
