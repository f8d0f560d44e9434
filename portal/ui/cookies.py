"""The signed cookie that holds a browser's session: what signs it is made once, not for each page twice."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class SignedCookies(SecureCookieSessionInterface):
    """Sessions as Flask keeps them, signed by what was made for the key before."""

    def __init__(self) -> None:
        """Begin without a key."""
        self._made: dict[tuple[object, ...], URLSafeTimedSerializer | None] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs and reads cookies with the application's keys."""
        keys = (app.secret_key, *(app.config["SECRET_KEY_FALLBACKS"] or ()))
        if keys not in self._made:
            self._made[keys] = super().get_signing_serializer(app)
        return self._made[keys]
