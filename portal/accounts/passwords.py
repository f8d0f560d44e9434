"""Passwords, the way Flask-Security keeps them: argon2, normalised, long enough."""

from threading import BoundedSemaphore
from typing import Any, cast

from flask import Flask
from flask_security import Security, SQLAlchemySessionUserDatastore, hash_password, verify_password
from flask_security.proxies import _security
from sqlalchemy.orm import scoped_session, sessionmaker

from portal.accounts.models import Person
from portal.core.db import Database

SHORTEST = 10
"""Characters; the length counts for more than the mixture."""

# Each argon2 run takes 19 MB and a core for some 30 ms: more at once would only slow everyone down.
_AT_ONCE = BoundedSemaphore(4)
_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$L+X8v3fOOccY4/z/P8d4Lw$0eWCXu3/0ImYAPSBioZGy91pnYI1NNK2F4E+vDFpntw"


def init_app(app: Flask, database: Database) -> None:
    """Set Flask-Security up for its passwords; pages, sessions and words are ours."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 (the name of a method)
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS={
            "argon2__memory_cost": 19456,
            "argon2__time_cost": 2,
            "argon2__parallelism": 1,
        },
        SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"],
        SECURITY_PASSWORD_LENGTH_MIN=SHORTEST,
    )
    # People are read by our own queries; Flask-Security asks for a store all the same.
    store = SQLAlchemySessionUserDatastore(
        scoped_session(sessionmaker(database.reader)), cast(Any, Person), cast(Any, None)
    )
    Security(app, store, register_blueprint=False)


def hashed(password: str) -> str:
    """Return what is kept of a password; slow on purpose, so do it before a transaction."""
    with _AT_ONCE:
        return str(hash_password(_security.password_util.normalize(password)))


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept; takes as long where none is."""
    with _AT_ONCE:
        is_right = bool(verify_password(_security.password_util.normalize(password), kept or _NOBODYS))
    return is_right and kept is not None


def is_long_enough(password: str) -> bool:
    """Whether a new password may be taken."""
    problems, _ = _security.password_util.validate(password, True)
    return not problems
