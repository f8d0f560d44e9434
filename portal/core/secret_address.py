"""The secret part of an address at which somebody's programs read without signing in."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID


def secret_part(purpose: str, link_id: UUID, secret_key: str) -> str:
    """Return what stands in a link's address: made of its id and the portal's key, so that no database gives it away.

    Two purposes never share an address, and a link made anew has another id and so another address.
    """
    digest = hmac.new(secret_key.encode(), f"{purpose}:".encode() + link_id.bytes, sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
