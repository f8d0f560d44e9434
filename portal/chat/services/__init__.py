"""Connecting chat groups, and telling them."""

from portal.chat.services.groups import Robot, announce, announce_to_all, connect, disconnect, news_for, try_out
from portal.chat.services.robots import ChatRefusedError, ask_robot

__all__ = [
    "ChatRefusedError",
    "Robot",
    "announce",
    "announce_to_all",
    "ask_robot",
    "connect",
    "disconnect",
    "news_for",
    "try_out",
]
