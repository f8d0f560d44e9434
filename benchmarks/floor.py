"""The floor: a plain Flask page. Thirty strings through Flask-Babel, three queries through the ORM, one template."""

from flask import Flask, render_template
from flask_babel import Babel
from jinja2 import DictLoader
from sqlalchemy import select

from benchmarks.rows import FILLER, WORDS, Reader, Subject, naive_session

PAGE = (
    "<!doctype html><html lang=en><title>{{ subject.title }}</title>"
    "<h1>{{ subject.title }}</h1><p>{{ reader.name }}</p>"
    + "".join(f"<p>{{{{ _('{words}') }}}}</p>\n" for words in WORDS)
    + "{% for entry in entries %}<article><h2>{{ entry.who }}</h2><p>{{ entry.words }}</p></article>\n{% endfor %}"
    + FILLER * 59
)


def make(path: str) -> Flask:
    """Return the application."""
    app = Flask("floor")
    app.jinja_env.loader = DictLoader({"page.html": PAGE})
    app.jinja_env.add_extension("jinja2.ext.i18n")
    Babel(app, default_locale="zh_Hans")

    @app.get("/")
    def show() -> str:
        with naive_session(path) as session:
            reader = session.scalars(select(Reader).where(Reader.token == "token")).one()
            subject = session.scalars(select(Subject).where(Subject.reader_id == reader.id)).one()
            return render_template("page.html", reader=reader, subject=subject, entries=subject.entries)

    return app
