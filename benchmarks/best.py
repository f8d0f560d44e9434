"""The best: the same bytes with every lever. Words folded when compiling, statements built once, no transaction."""

from flask import Flask
from jinja2 import Environment
from sqlalchemy import Table, bindparam, select

from benchmarks.rows import FILLER, WORDS, Entry, Reader, Subject
from portal.core.db import open_database

PAGE = (
    "<!doctype html><html lang=en><title>{{ title }}</title><h1>{{ title }}</h1><p>{{ name }}</p>"
    + "".join(f"<p>{words}</p>\n" for words in WORDS)
    + "{% for entry in entries %}<article><h2>{{ entry.who }}</h2><p>{{ entry.words }}</p></article>\n{% endfor %}"
    + FILLER * 59
)
_reader, _subject, _entry = (model.__table__ for model in (Reader, Subject, Entry))
assert isinstance(_entry, Table)
READER = select(_reader.c.id, _reader.c.name).where(_reader.c.token == bindparam("token"))
SUBJECT = select(_subject.c.id, _subject.c.title).where(_subject.c.reader_id == bindparam("reader"))
ENTRIES = select(_entry.c.who, _entry.c.words).where(_entry.c.subject_id == bindparam("subject")).order_by(_entry.c.id)


def make(path: str) -> Flask:
    """Return the application."""
    app = Flask("best")
    database = open_database(f"sqlite:///{path}")
    template = Environment(autoescape=True).from_string(PAGE)

    @app.get("/")
    def show() -> str:
        with database.reader.connect() as connection:
            reader = connection.execute(READER, {"token": "token"}).one()
            subject = connection.execute(SUBJECT, {"reader": reader.id}).one()
            entries = connection.execute(ENTRIES, {"subject": subject.id}).all()
        return template.render(name=reader.name, title=subject.title, entries=entries)

    return app
