"""What the desk has of its own in the world: a team, a turn of duty, a saved reply, a view of the queue."""

from datetime import timedelta

from sqlalchemy.orm import Session

from portal.core import clock
from portal.desk import services as desk
from portal.replies import services as replies
from portal.teams import services as teams
from tests.world.people import People


def fill_desk(session: Session, people: People) -> dict[str, str]:
    """Make what the desk works with; returns what stands in addresses."""
    by, at = people.actor(session, "agent"), clock.now()
    assert by.agent_id is not None
    assert by.person_id is not None
    team = teams.make_team(session, name="Wards", by=by, at=at)
    teams.change_team(session, team, name="Wards", members=[by.agent_id], by=by, at=at)
    teams.set_skills(session, by.agent_id, skills=[("his", "")], by=by, at=at)
    later = at + timedelta(hours=8)
    turn = teams.plan_turn(session, agent_id=by.agent_id, from_at=later, note="A call at 16:00", by=by, at=at)
    words = {"en": "Dear {contact}, we look into {reference}."}
    reply = replies.keep_reply(session, None, name="We look", texts=words, by=by, at=at)
    view = desk.keep_filter(session, person_id=by.person_id, name="Mine", asked="lane=mine", at=at)
    session.flush()
    return {
        "team:wards": str(team.id),
        "turn:planned": str(turn.id),
        "reply:hello": str(reply.id),
        "filter:mine": str(view.id),
        "agent:agent": str(by.agent_id),
    }
