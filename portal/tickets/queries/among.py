"""Tickets whose ids another select finds first, however many tables their heads are made of."""

from typing import Any, cast

from sqlalchemy import ColumnElement, ScalarSelect, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import Boolean


class Among(FunctionElement[bool]):
    """The condition that a column is one of what a select returns."""

    name = "among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> "Among":
        """Return itself: asked whether it ``= 1``, SQLite would look at every ticket, not only at those wanted."""
        return self


def among(column: ColumnElement[Any], wanted: Select[Any]) -> ColumnElement[bool]:
    """Return the condition that a column is one of what a select returns, which is asked first."""
    return Among(column, wanted.correlate(None).scalar_subquery())


@compiles(Among)
def _write(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, wanted = element.clauses
    return compiler.process(column.in_(cast(ScalarSelect[Any], wanted).element), **options)


@compiles(Among, "postgresql")
def _write_for_postgresql(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    # PostgreSQL takes more than eight joins as they are written, and an IN after all of them: it would put every
    # ticket together with its names, to keep twenty.
    column, wanted = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY(ARRAY{wanted})"
