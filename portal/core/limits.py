"""How often something may be tried, counted in the database so that all processes agree."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core.models import RateLimit


def hit(session: Session, key: str, at: datetime, per: timedelta, most: int) -> bool:
    """Count one more try under a key and say whether it is within the most allowed in this stretch of time.

    Call it in a writing transaction of its own, so that refused tries are counted too. A stretch begins at
    a whole multiple of its length, which costs one statement and forgets nothing when a process restarts.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    counted = dialect.insert(RateLimit).values(key=key[:120], window_start=_window(at, per), count=1)
    counted = counted.on_conflict_do_update(
        index_elements=[RateLimit.key, RateLimit.window_start], set_={"count": RateLimit.count + 1}
    )
    tries: int = session.execute(counted.returning(RateLimit.count)).scalar_one()
    return tries <= most


def network_of(address: str | None) -> str:
    """Return where a try comes from: an address, or the network of one that has billions of its own (IPv6)."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return str(address)
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def forget(session: Session, before: datetime) -> None:
    """Drop what was counted in stretches that began before a moment."""
    session.execute(delete(RateLimit).where(RateLimit.window_start < before))


def _window(at: datetime, per: timedelta) -> datetime:
    seconds = int(per.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)
