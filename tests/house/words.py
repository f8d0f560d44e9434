"""The translation catalogues: what is missing from them, and how they are brought up to date.

`python -m tests.house.words check` lists what is wrong; `update` adds what is new and drops what nobody says any more.
"""

import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg

from tests.house.tree import ROOT

LOCALES = ("zh_Hans", "zh_Hant")
# Words that our libraries say and we translate: they are in the catalogues, but not in our files.
BORROWED = ROOT / "translations" / "borrowed.txt"
OWN_KEYWORDS = "_l lazy_gettext lazy_ngettext:1,2 lazy_pgettext:1c,2 lazy_npgettext:1c,2,3"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+(?::[^{}]*)?\}")


class Message(NamedTuple):
    """Something the product says, in the source language."""

    context: str | None
    text: str
    plural: str | None


class Catalogue(NamedTuple):
    """One language's words."""

    locale: str
    entries: polib.POFile

    @classmethod
    def load(cls, locale: str) -> "Catalogue":
        """Read a language's catalogue; an absent one is empty."""
        path = catalogue_path(locale)
        entries = polib.pofile(str(path), wrapwidth=0) if path.exists() else new_catalogue(locale)
        return cls(locale, entries)

    def by_message(self) -> dict[tuple[str | None, str], polib.POEntry]:
        """Each entry under what it translates."""
        return {(entry.msgctxt, entry.msgid): entry for entry in self.entries if not entry.obsolete}


def catalogue_path(locale: str) -> Path:
    """Where a language's words are kept."""
    return ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"


def new_catalogue(locale: str) -> polib.POFile:
    """A catalogue without a word; Chinese has one form for any number."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "Plainport",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue


def extracted() -> dict[Message, set[str]]:
    """Everything the product says, and the files that say it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping, "babel.cfg")  # type: ignore[no-untyped-call]  # Babel types all but this
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(OWN_KEYWORDS.split())}
    found: dict[Message, set[str]] = {}
    for path, _, said, _, context in extract_from_dir(
        ROOT, usable(methods), options, keywords=keywords, directory_filter=belongs_to_the_product
    ):
        text, plural = said[:2] if isinstance(said, tuple) else (said, None)
        found.setdefault(Message(context, text, plural), set()).add(path)
    return found


def usable(methods: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The extraction methods whose code is there."""
    return [(glob, name) for glob, name in methods if ":" not in name or find_spec(name.split(":")[0])]


def belongs_to_the_product(folder: str) -> bool:
    """Whether words are looked for in a folder: only the two packages say anything."""
    relative = Path(folder).relative_to(ROOT).parts
    return not relative or (relative[0] in {"portal", "intake"} and "__pycache__" not in relative)


def borrowed() -> set[str]:
    """What our libraries say that our catalogues translate."""
    return set(BORROWED.read_text(encoding="utf-8").splitlines()) if BORROWED.exists() else set()


def faults(catalogue: Catalogue, said: dict[Message, set[str]]) -> Iterator[str]:
    """What is wrong with a catalogue, a line each."""
    entries = catalogue.by_message()
    for message, files in sorted(said.items(), key=lambda one: (one[0].context or "", one[0].text)):
        where = f"{catalogue.locale}: {message.text!r} ({', '.join(filter(None, [message.context, *sorted(files)]))})"
        entry = entries.get((message.context, message.text))
        if entry is None or not is_translated(entry):
            yield f"not translated: {where}"
        elif entry.fuzzy:
            yield f"fuzzy: {where}"
        else:
            yield from (f"{fault}: {where}" for fault in faults_of(message, entry))
    yield from unsaid(catalogue, said)


def is_translated(entry: polib.POEntry) -> bool:
    """Whether there is a translation, in all its forms."""
    return all(forms(entry))


def forms(entry: polib.POEntry) -> list[str]:
    """The translations of an entry: one, or one for each number that the language tells apart."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults_of(message: Message, entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one translation."""
    if (message.plural or "") != entry.msgid_plural:
        yield "another plural"
    source = set(PLACEHOLDER.findall(message.plural or message.text))
    for form in forms(entry):
        if set(PLACEHOLDER.findall(form)) != source:
            yield f"other places than {sorted(source)}"


def unsaid(catalogue: Catalogue, said: dict[Message, set[str]]) -> Iterator[str]:
    """Entries that nothing in the product says."""
    spoken = {(message.context, message.text) for message in said}
    for context, text in catalogue.by_message():
        if (context, text) not in spoken and text not in borrowed():
            yield f"nobody says: {catalogue.locale}: {text!r}"


def update(catalogue: Catalogue, said: dict[Message, set[str]]) -> None:
    """Add what is new, drop what nobody says, and write the catalogue in its one order."""
    known = catalogue.by_message()
    kept = {key: entry for key, entry in known.items() if entry.msgid in borrowed()}
    for message in said:
        key = (message.context, message.text)
        entry = known.get(key) or polib.POEntry(msgid=message.text, msgctxt=message.context)
        fit_plural(entry, message.plural)
        entry.occurrences = []
        if "%(" in message.text and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        kept[key] = entry
    catalogue.entries[:] = sorted(kept.values(), key=lambda entry: (entry.msgctxt or "", entry.msgid))
    path = catalogue_path(catalogue.locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.entries.save(str(path))


def fit_plural(entry: polib.POEntry, plural: str | None) -> None:
    """Give an entry the plural that its source has now, keeping its translation."""
    if (entry.msgid_plural or None) == plural:
        return
    translation = forms(entry)[0] if forms(entry) else ""
    entry.msgid_plural = plural or ""
    entry.msgstr_plural = {0: translation} if plural else {}
    entry.msgstr = "" if plural else translation


def main(command: str) -> int:
    """Check or update both catalogues; the exit code says whether they are complete."""
    said = extracted()
    if command == "update":
        for locale in LOCALES:
            update(Catalogue.load(locale), said)
    found = [fault for locale in LOCALES for fault in faults(Catalogue.load(locale), said)]
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    sys.stdout.write(f"{len(said)} messages, {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
