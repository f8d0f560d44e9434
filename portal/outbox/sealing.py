"""Short secrets that wait in a row, such as a sign-in code: unreadable without the portal's own key."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"plainport: secrets that wait in the outbox"


class SealBrokenError(ValueError):
    """A secret was sealed with another key, or changed since."""


def seal(secret: str, secret_key: str) -> bytes:
    """Return a secret as it may lie in the database."""
    return _fernet(secret_key).encrypt(secret.encode("utf-8"))


def unseal(sealed: bytes, secret_key: str) -> str:
    """Return the secret again; raises SealBrokenError where the key is another one."""
    try:
        return _fernet(secret_key).decrypt(sealed).decode("utf-8")
    except InvalidToken as error:
        raise SealBrokenError("the secret was sealed with another key") from error


def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret_key.encode("utf-8"))
    return Fernet(base64.urlsafe_b64encode(derived))
