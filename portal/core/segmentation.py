"""Texts taken apart into the words that say something: Chinese with a dictionary, everything else as it was written."""

import re
from collections.abc import Iterable, Iterator

from portal.core.terms import folded
from portal.core.vocabulary import HOSPITALS, SAYING_NOTHING, SCREENS

LONGEST = 25
"""Letters of a word; whatever is longer was pasted by a program."""
_ADDRESS = re.compile(r"(?<!\S)\S+@\S+|(?<!\w)\w+://\S+")
"""Looked for where something begins, not at each letter: a long text without a space would take seconds."""
_PIECE = re.compile(r"(?P<han>[\u3400-\u9fff]+)|(?P<code>[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)")
_OWN = re.compile(r"[\u3400-\u9fff]{2,4}")
"""A name that is longer is made of words that count for themselves."""
_NAME = "nr"
_TELLING = ("n", "v", "a", "b", "i", "j", "l", "z", "x")
"""How the kinds of words begin that tell something: things, deeds, qualities, and set phrases."""
_JOINING = ("zg", "vshi", "vyou")


class Segmenter:
    """Takes texts apart; it knows hospitals' words and those it is given, and leaves out the names of people.

    The dictionary takes 33 MB, so it is loaded where it is needed and goes with whoever needed it.
    """

    def __init__(self, own: Iterable[str] = ()) -> None:
        from rjieba import Jieba

        self._jieba = Jieba()
        self._own = frozenset(word for name in own for word in _OWN.findall(folded(name)))
        self._own |= {folded(word) for word in HOSPITALS | SCREENS}
        for word in sorted(self._own):
            self._jieba.add_word(word, None, "n")

    def words(self, text: str) -> list[str]:
        """Return the words of a text that say something, in its order: simplified, and small but for codes."""
        plain = _ADDRESS.sub(" ", folded(text))
        return [word for word in self._words(plain) if len(word) <= LONGEST and word not in SAYING_NOTHING]

    def says(self, text: str, word: str) -> bool:
        """Whether a text uses a word; where its letters don't stand there, it isn't taken apart."""
        return word.lower() in folded(text) and word in self.words(text)

    def _words(self, plain: str) -> Iterator[str]:
        for piece in _PIECE.finditer(plain):
            if piece["han"]:
                yield from (word for word, kind in self._jieba.tag(piece["han"]) if self._tells(word, kind))
            elif any(letter.isdigit() for letter in piece["code"]):
                yield piece["code"].upper()
            elif len(piece["code"]) > 2:
                yield piece["code"]

    def _tells(self, word: str, kind: str) -> bool:
        """Whether a Chinese word is more than a character, says something, and is nobody's name."""
        if len(word) < 2 or kind in _JOINING:
            return False
        return word in self._own or (kind.startswith(_TELLING) and not kind.startswith(_NAME))
