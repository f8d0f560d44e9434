"""The same small database for the floor and the best page: a person, a ticket, twenty events."""

from sqlalchemy import Engine, ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from portal.core.db import open_database

ROWS = 20
WORDS = [f"Sentence number {each} of this page." for each in range(30)]
"""Thirty texts to translate; what they say doesn't matter, only that they are looked up."""
FILLER = "<p>" + "It stands on every page of this size, and is never looked at. " * 2 + "</p>\n"


class Base(DeclarativeBase):
    pass


class Reader(Base):
    __tablename__ = "reader"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Subject(Base):
    __tablename__ = "subject"
    id: Mapped[int] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id"), index=True)
    title: Mapped[str]
    entries: Mapped[list["Entry"]] = relationship(order_by="Entry.id")


class Entry(Base):
    __tablename__ = "entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    who: Mapped[str]
    words: Mapped[str]


def fill(path: str) -> None:
    """Make the rows, with the journal and the settings that the portal has."""
    database = open_database(f"sqlite:///{path}")
    Base.metadata.create_all(database.writer)
    with database.write() as session:
        session.add(Reader(id=1, token="token", name="Lin Xiaoyan"))
        session.add(Subject(id=1, reader_id=1, title="Cannot type Chinese"))
        session.flush()
        words = [f"Words of entry {each}, as long as people write." for each in range(ROWS)]
        session.add_all([Entry(subject_id=1, who="Chen Li", words=each) for each in words])
    database.dispose()


def naive_session(path: str) -> Session:
    """Return a session as a plain application opens one for each request."""
    engine = _engines.setdefault(path, create_engine(f"sqlite:///{path}"))
    return Session(engine)


_engines: dict[str, Engine] = {}
