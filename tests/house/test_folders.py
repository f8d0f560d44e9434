"""Where things are, and what they may be called."""

import ast

import pytest

from tests.house.tree import files, files_below, functions, modules

pytestmark = pytest.mark.slow

TOP_LEVEL = {
    "portal", "intake", "static", "translations", "migrations", "wsgi.py", "pyproject.toml", "tests",
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "Makefile",
    "docs", "benchmarks", "deploy", "requirements", "package.json", "package-lock.json", "babel.cfg", "alembic.ini",
}  # fmt: skip
NOT_FEATURES = {"cli", "core", "demo", "ui"}
IN_A_FEATURE = {
    "__init__", "views", "forms", "services", "queries", "permissions", "models", "messages", "mail", "documents",
    "commands", "templates",
}  # fmt: skip
# Three features are doors to something outside; what they hold besides is the mechanism that they are the door to.
DOORS = {"printing", "outbox", "files"}
# A feature with a reason of its own for one more file.
BESIDE = {
    ("accounts", "doorman"),  # tells Flask-Security about our people
    ("accounts", "passwords"),  # hashes them outside the transaction
    ("questionnaires", "flow"),  # the picture of all paths
    ("questionnaires", "labels"),  # the words of a questionnaire in the reader's language
    ("questionnaires", "shipped"),  # the files that come with the portal
    ("incidents", "surge"),  # the surge rule as arithmetic, for whoever has no database
    ("notices", "shipped"),  # the series that come with the portal
    ("phrasebook", "shipped"),  # the terms that come with the portal
    ("agreements", "shipped"),  # the calendar and the policies that come with the portal
    ("agreements", "terms"),  # calendars and policies as values, for whoever has no database
}
EMPTY_WORDS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "data",
    "info",
    "base_utils",
}
EMPTY_VERBS = ("process_", "handle_", "do_", "manage_", "perform_")
EMPTY_NOUNS = ("Manager", "Helper", "Handler", "Processor", "Util", "Utils", "Data", "Info")
# Names that SQLAlchemy and Python's own base classes give.
GIVEN_NAMES = {"process_bind_param", "process_result_value", "process_formdata", "process_data", "handle_starttag",
               "handle_endtag", "handle_data", "handle_startendtag", "handle_RCPT", "handle_DATA"}  # fmt: skip


def test_the_top_level_is_fixed() -> None:
    assert {path.parts[0] for path in files() if not path.parts[0].startswith(".")} <= TOP_LEVEL


def test_a_feature_holds_only_files_of_the_known_names() -> None:
    strangers = {
        str(path)
        for path in files_below("portal")
        if len(path.parts) > 2
        and path.parts[1] not in NOT_FEATURES | DOORS
        and path.parts[2].removesuffix(".py") not in IN_A_FEATURE
        and (path.parts[1], path.parts[2].removesuffix(".py")) not in BESIDE
    }
    assert strangers == set()


def test_templates_lie_under_the_name_of_their_feature() -> None:
    strangers = {
        str(path)
        for path in files_below("portal")
        if path.parts[2:3] == ("templates",) and path.parts[1] != "ui" and path.parts[3] != path.parts[1]
    }
    assert strangers == set()


def test_no_module_has_an_empty_name() -> None:
    named = {str(path) for path in files_below("portal", "intake", "tests") if EMPTY_WORDS & {*path.parts, path.stem}}
    assert named == set()


def test_no_function_and_no_class_has_an_empty_name() -> None:
    empty = {
        f"{path}:{node.name}"
        for path, tree in modules("portal", "intake")
        for node in functions(tree)
        if node.name not in GIVEN_NAMES and node.name.lstrip("_").startswith(EMPTY_VERBS)
    }
    empty |= {
        f"{path}:{node.name}"
        for path, tree in modules("portal", "intake")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_NOUNS)
    }
    assert empty == set()


def test_a_test_lies_where_its_code_lies() -> None:
    lost = {
        str(path)
        for path in files_below("tests", suffix=".py")
        if path.name.startswith("test_") and path.parts[1] in {"portal", "intake"} and not code_beside(path.parts[1:-1])
    }
    assert lost == set()


def code_beside(folder: tuple[str, ...]) -> bool:
    """Whether the product has the folder, or the module that became one, that these tests are about."""
    known = {path.with_suffix("").parts for path in files_below("portal", "intake")}
    return any(parts[: len(folder)] == folder for parts in known)
