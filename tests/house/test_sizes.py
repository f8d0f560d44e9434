"""Nothing grows past what a reader can hold in mind."""

import ast

import pytest

from tests.house.tree import files, files_below, functions, modules, text_of

pytestmark = pytest.mark.slow

CODE = ("portal", "intake", "tests", "benchmarks", "wsgi.py")
LINES_A_FILE = 300
LINES_A_FUNCTION = 40
ARGUMENTS = 6
TYPE_IGNORES = 10


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function takes, from its name to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many values a caller must think of."""
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def test_no_file_is_long() -> None:
    long = {str(path): len(text_of(path).splitlines()) for path in files_below(*CODE, suffix=".py")}
    assert {path: lines for path, lines in long.items() if lines > LINES_A_FILE} == {}


def test_no_function_is_long() -> None:
    long = {
        f"{path}:{node.name}": length(node)
        for path, tree in modules(*CODE)
        for node in functions(tree)
        if length(node) > LINES_A_FUNCTION
    }
    assert long == {}


def test_no_function_asks_for_too_much() -> None:
    greedy = {
        f"{path}:{node.name}": arguments(node)
        for path, tree in modules("portal", "intake")
        for node in functions(tree)
        if arguments(node) > ARGUMENTS
    }
    assert greedy == {}


def test_the_type_checker_is_rarely_overruled_and_never_without_a_reason() -> None:
    waivers = [
        f"{path}:{number}: {line.strip()}"
        for path in files()
        if path.suffix == ".py" and path.parts[:2] != ("tests", "house")
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if "# type: ignore" in line
    ]
    without_reason = [line for line in waivers if "  # " not in line.split("# type: ignore", 1)[1]]
    assert without_reason == []
    assert len(waivers) <= TYPE_IGNORES, "\n".join(waivers)
