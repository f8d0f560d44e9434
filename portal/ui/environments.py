"""One template environment a language, its constant words folded in when a template compiles.

A gettext call on every request costs more than anything else on a page, so translated constants
become constants of the compiled template.
"""

from collections.abc import Iterator, MutableMapping
from gettext import NullTranslations
from typing import Any, cast

from flask import Flask
from flask.templating import Environment
from jinja2 import nodes
from jinja2.nodes import Call, Const, Dict, Expr, Keyword, MarkSafeIfAutoescape, Mod, Name, Pair, Template

from portal.core import i18n

_FOLDED = {"_", "gettext"}


class LanguageEnvironment(Environment):
    """A template environment that speaks one language."""

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


def environments_for(app: Flask) -> dict[str, LanguageEnvironment]:
    """Return the environment of each locale, made from the application's own."""
    return {locale: _environment(app, locale) for locale in i18n.LOCALES}


def _environment(app: Flask, locale: str) -> LanguageEnvironment:
    environment = cast(LanguageEnvironment, app.jinja_env.overlay())
    words = i18n.catalogue(locale)
    environment.words = words
    environment.locale = locale
    # The extension puts the words into the globals of the application's own environment, so they are copied from there.
    cast(Any, app.jinja_env).install_gettext_callables(  # added by the i18n extension
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
    )
    environment.globals = {**app.jinja_env.globals}
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
