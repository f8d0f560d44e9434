"""Who may connect a chat group, and to which addresses robots may lie."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from portal.chat.models import ChatService
from portal.core.actor import Actor
from portal.core.errors import DomainError

HOSTS: Mapping[ChatService, frozenset[str]] = {
    ChatService.WECOM: frozenset({"qyapi.weixin.qq.com"}),
    ChatService.DINGTALK: frozenset({"oapi.dingtalk.com"}),
    ChatService.FEISHU: frozenset({"open.feishu.cn", "open.larksuite.com"}),
}
"""Where each service has its robots; nothing is posted anywhere else."""
MOST_GROUPS = 10


class ChatError(DomainError):
    """A group that can't be connected: ``not-a-robot``, or there are ``too-many``."""


def may_connect(actor: Actor, organisation_id: UUID) -> bool:
    """Whether somebody may connect groups of an organisation: its manager, or an agent who sees all it runs."""
    if actor.is_agent:
        return actor.products is None
    return actor.is_manager and actor.organisation_id == organisation_id


def require_robot(service: ChatService, address: str, *, may_be_local: bool) -> None:
    """Raise ChatError for an address that is no robot's of that service."""
    target = urlsplit(address)
    is_theirs = target.scheme == "https" and target.netloc in HOSTS[service]
    is_local = may_be_local and target.scheme == "http" and target.hostname == "127.0.0.1"
    if not (is_theirs or is_local):
        raise ChatError("not-a-robot")
