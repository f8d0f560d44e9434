"""One template environment a language, its constant words folded in when a template compiles.

A gettext call on every request costs more than anything else on a page, so translated constants
become constants of the compiled template.
"""

from collections.abc import Callable, Iterator, MutableMapping
from gettext import NullTranslations
from typing import Any, cast

import markupsafe
from flask import Flask
from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, Const, Dict, Expr, Keyword, MarkSafeIfAutoescape, Mod, Name, Pair, Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from portal.core import i18n

_FOLDED = {"_", "gettext"}
_escape_text: Callable[[str], str] = vars(markupsafe)["_escape_inner"]
"""What ``escape`` calls, without the Markup around it."""


def _shown(value: object) -> str:
    """Return a value as a page shows it: it is joined to what stands around it, and need not be Markup for that."""
    if type(value) is str:
        return _escape_text(value)
    return value if type(value) is Markup else escape(value)


class ShortCalls(Context):
    """Calls macros and functions without looking each time for what few of them want to be given."""

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call something for a template."""
        if type(called) is Macro:
            return called(self.eval_ctx, *args, **kwargs)
        return super().call(called, *args, **kwargs) if hasattr(called, "jinja_pass_arg") else called(*args, **kwargs)


class ShortCode(CodeGenerator):
    """Writes templates as Python that does less for each value and each call of a macro."""

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 (Jinja's name)
        """Write a call; what is called never asks for the variables of the loops and blocks around it."""
        self.write("context.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class LanguageEnvironment(Environment):
    """A template environment that speaks one language."""

    context_class = ShortCalls
    code_generator_class = ShortCode
    shown = staticmethod(_shown)
    words: NullTranslations | None = None
    locale: str = i18n.SOURCE_LOCALE

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals themselves: a chain of dictionaries makes each import of a macro compare every name."""
        return {**self.globals, **d} if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> Template:
        tree = super()._parse(source, name, filename)
        if self.words is not None:
            _fold(tree, self.words)
        return tree


def gap_of(locale: str) -> str:
    """Return what stands between two sentences of a language: Chinese has none, its full stop brings the room."""
    return "" if locale.startswith("zh") else " "


def environments_for(app: Flask) -> dict[str, LanguageEnvironment]:
    """Return the environment of each locale, made from the application's own."""
    return {locale: _environment(app, locale) for locale in i18n.LOCALES}


def _environment(app: Flask, locale: str) -> LanguageEnvironment:
    environment = cast(LanguageEnvironment, app.jinja_env.overlay(cache_size=-1))  # all templates, for good
    words = i18n.catalogue(locale)
    environment.words = words
    environment.locale = locale
    # The extension puts the words into the globals of the application's own environment, so they are copied from there.
    cast(Any, app.jinja_env).install_gettext_callables(  # added by the i18n extension
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
    )
    environment.globals = {**app.jinja_env.globals, "gap": gap_of(locale)}
    return environment


def _fold(tree: nodes.Node, words: NullTranslations) -> None:
    """Replace each translation of a constant by its words."""
    for parent in _all_nodes(tree):
        for name in parent.fields:
            value = getattr(parent, name)
            if isinstance(value, Call):
                setattr(parent, name, _folded(value, words))
            elif isinstance(value, list):
                value[:] = [_folded(each, words) if isinstance(each, Call) else each for each in value]


def _all_nodes(tree: nodes.Node) -> Iterator[nodes.Node]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _all_nodes(child)


def _folded(call: Call, words: NullTranslations) -> Expr:
    if not _is_constant_word(call):
        return call
    text = words.gettext(cast(Const, call.args[0]).value)
    line = call.lineno
    if not call.kwargs:
        return MarkSafeIfAutoescape(Const(text % {}, lineno=line), lineno=line)
    pairs = [_pair(each) for each in call.kwargs]
    return Mod(MarkSafeIfAutoescape(Const(text, lineno=line), lineno=line), Dict(pairs, lineno=line), lineno=line)


def _is_constant_word(call: Call) -> bool:
    return (
        isinstance(call.node, Name)
        and call.node.name in _FOLDED
        and len(call.args) == 1
        and isinstance(call.args[0], Const)
        and call.dyn_args is None
        and call.dyn_kwargs is None
    )


def _pair(keyword: Keyword) -> Pair:
    return Pair(Const(keyword.key, lineno=keyword.lineno), keyword.value, lineno=keyword.lineno)
