"""Read a range as people and machines write it, word by word."""

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

from intake.versions.spans import Span, without
from intake.versions.version import Version, floor_of, parse, plain_text
from intake.versions.words import end_of_version, next_word

_VERS: Final = re.compile(r"vers:[a-z0-9.+-]{1,40}/")
_SERIES: Final = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,18}){0,11})(?:\.[x*]){1,4}")
_INTERVAL: Final = re.compile(r"([\[(\]])([^,\[\]()]{0,90}),([^,\[\]()]{0,90})([\])\[])")
_EXACT: Final = re.compile(r"\[([^,\[\]()]{1,90})\]")


@dataclass(frozen=True)
class _Token:
    kind: str
    meaning: str = ""
    span: Span | None = None
    edge: str = ""


def read_spans(text: str) -> list[Span] | None:
    """The stretches a range means; None where any word of it isn't understood."""
    plain = plain_text(text)
    vers = _VERS.match(plain)
    if vers:
        plain = unquote(plain[vers.end() :])
    tokens = _tokens(plain)
    return None if not tokens else _Sentence(tokens).read()


def _tokens(plain: str) -> list[_Token] | None:
    tokens: list[_Token] = []
    at = 0
    while at < len(plain):
        step = _bracket(plain, at) or _release(plain, at) or _word(plain, at)
        if step is None:
            return None
        found, at = step
        tokens += found
    return _settle(tokens)


def _settle(tokens: list[_Token]) -> list[_Token]:
    """Drop the names ("version 5.0") and give every release the "(not included)" that follows it."""
    settled: list[_Token] = []
    for number, token in enumerate(tokens):
        is_subject = token.kind == "name" and 0 < number < len(tokens) - 1
        if is_subject and tokens[number - 1].kind == tokens[number + 1].kind == "op":
            settled.append(token)
        elif token.kind == "edge" and settled and settled[-1].kind == "release":
            settled[-1] = replace(settled[-1], edge=token.meaning)
        elif token.kind != "name":
            settled.append(token)
    return settled


def _bracket(plain: str, at: int) -> tuple[list[_Token], int] | None:
    """Maven's notation: [1.0,2.0) and [1.0]."""
    exact = _EXACT.match(plain, at)
    if exact:
        version = parse(exact[1])
        return ([_Token("span", span=Span(version, version))], exact.end()) if version else None
    match = _INTERVAL.match(plain, at)
    if match is None:
        return None
    ends = [parse(side) if side.strip() else None for side in (match[2], match[3])]
    if any(end is None and side.strip() for end, side in zip(ends, (match[2], match[3]), strict=True)):
        return None
    low, high = ends
    if low is None and high is None and match[0] != "(,)":
        return None
    span = Span(low, high, low is None or match[1] == "[", high is None or match[4] == "]")
    return [_Token("span", span=span)], match.end()


def _release(plain: str, at: int) -> tuple[list[_Token], int] | None:
    end = end_of_version(plain, at)
    if end is None:
        return None
    written = plain[at:end]
    whole = _series_or_version(written)
    if whole:
        return [_Token("release", span=whole)], end
    if written.endswith("+"):
        first = _series_or_version(written[:-1])
        return ([_Token("release", span=first), _Token("suffix", ">=")], end) if first else None
    left, _, right = written.partition("-")
    first, last = _series_or_version(left), _series_or_version(right)
    if first is None or last is None:
        return None
    return [_Token("release", span=first), _Token("to"), _Token("release", span=last)], end


def _series_or_version(written: str) -> Span | None:
    """5.x as the stretch it is, 5.6.2 as a stretch of one."""
    series = _SERIES.fullmatch(written)
    if series:
        numbers = tuple(int(part) for part in series[1].split("."))
        return Span(floor_of(numbers), floor_of((*numbers[:-1], numbers[-1] + 1)), has_high=False)
    version = parse(written)
    return Span(version, version) if version else None


def _word(plain: str, at: int) -> tuple[list[_Token], int] | None:
    word = next_word(plain, at)
    if word is None:
        return None
    kind, meaning, end = word
    return ([] if kind == "noise" else [_Token(kind, meaning)]), end


class _Sentence:
    """A range's words, read from left to right into stretches."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.spans: list[Span] = []
        self.excluded: list[Version] = []
        self.is_apart = False

    def read(self) -> list[Span] | None:
        names_all = False
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind in {"or", "and"}:
                self.is_apart = self.is_apart or token.kind == "or"
                self.at += 1
            elif token.kind == "all":
                names_all = True
                self.at += 1
            elif not self._read_part():
                return None
        if not self.spans and (names_all or self.excluded):
            self.spans = [Span()]
        for version in self.excluded:
            self.spans = without(self.spans, version)
        return self.spans

    def _read_part(self) -> bool:
        token = self._take()
        if token.kind == "release" and token.span:
            return self._read_from(token, token.span)
        if token.kind == "span" and token.span:
            return self._add(token.span, joins=False)
        if token.kind == "between":
            return self._read_between()
        if token.kind == "to" and not (self.spans and self.spans[-1].high is None):
            return False
        operator = {"tilde": "~", "to": "<="}.get(token.kind, token.meaning)
        if token.kind not in {"op", "tilde", "to"}:
            return False
        release = self._take_release()
        return release is not None and self._constrain(operator, release)

    def _read_from(self, token: _Token, low: Span) -> bool:
        """What follows a release: "and later", "to 5.6", "< 5.6", "<= version", or nothing."""
        follower = self._peek()
        if follower and follower.kind == "suffix":
            self.at += 1
            return self._constrain(follower.meaning, token)
        if follower and follower.kind == "op" and self._peek(1) == _Token("name"):
            self.at += 2
            flipped = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(follower.meaning)
            return flipped is not None and self._constrain(flipped, token)
        if follower and (follower.kind in {"to", "tilde"} or follower.meaning in {"<", "<="}):
            self.at += 1
            high = self._take_release()
            return high is not None and self._stretch(token, high, is_open=follower.meaning == "<")
        return self._add(low, joins=False)

    def _read_between(self) -> bool:
        low = self._take_release()
        middle = self._take()
        high = self._take_release()
        if low is None or high is None or middle.kind not in {"and", "to", "tilde"}:
            return False
        return self._stretch(low, high, is_open=False)

    def _stretch(self, low: _Token, high: _Token, *, is_open: bool) -> bool:
        if low.span is None or high.span is None or low.span.low is None:
            return False
        end, has_end = (high.span.low, False) if is_open else (high.span.high, high.span.has_high)
        span = Span(low.span.low, end, low.edge != "out", has_high=has_end and high.edge != "out")
        return self._add(span, joins=False)

    def _constrain(self, operator: str, release: _Token) -> bool:
        span = release.span
        if span is None or span.low is None:
            return False
        if operator == "!=":
            self.excluded.append(span.low)
            return span.low == span.high
        if operator in {"^", "~", "~="}:
            return self._add(Span(span.low, _ceiling(operator, span.low.numbers), has_high=False), joins=False)
        if operator in {"<", "<="}:
            is_open = operator == "<"
            high = Span(None, span.low if is_open else span.high, has_high=not is_open and span.has_high)
            return self._add(replace(high, has_high=high.has_high and release.edge != "out"), joins=True)
        if operator == ">" and not span.has_high:
            return self._add(Span(span.high), joins=True)
        if operator in {">", ">="}:
            return self._add(Span(span.low, has_low=operator == ">=" and release.edge != "out"), joins=True)
        return self._add(span, joins=False)

    def _add(self, span: Span, *, joins: bool) -> bool:
        """Put a stretch behind the others, or let two halves ("from 5.0", "below 5.6") become one."""
        is_apart, self.is_apart = self.is_apart, False
        if _is_empty(span):
            return False
        joined = _meet(self.spans[-1], span) if joins and self.spans and not is_apart else None
        if joined:
            self.spans[-1] = joined
        else:
            self.spans.append(span)
        return True

    def _peek(self, ahead: int = 0) -> _Token | None:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def _take(self) -> _Token:
        token = self._peek() or _Token("end")
        self.at += 1
        return token

    def _take_release(self) -> _Token | None:
        token = self._take()
        return token if token.kind == "release" else None


def _meet(first: Span, second: Span) -> Span | None:
    """The stretch between a lower and an upper half; None where they aren't two halves of one."""
    if first.high is None and first.low is not None and second.low is None:
        low, high = first, second
    elif first.low is None and first.high is not None and second.high is None:
        low, high = second, first
    else:
        return None
    span = Span(low.low, high.high, low.has_low, high.has_high)
    return None if _is_empty(span) else span


def _is_empty(span: Span) -> bool:
    if span.low is None or span.high is None:
        return False
    return span.low > span.high or (span.low == span.high and not (span.has_low and span.has_high))


def _ceiling(operator: str, numbers: tuple[int, ...]) -> Version:
    """The first release that ^1.2.3, ~1.2.3 and ~=1.2.3 no longer mean."""
    if operator == "^":
        place = next((number for number, part in enumerate(numbers) if part), len(numbers) - 1)
    elif operator == "~":
        place = min(1, len(numbers) - 1)
    else:
        place = max(len(numbers) - 2, 0)
    return floor_of((*numbers[:place], numbers[place] + 1))
