"""From a form to the values that services take, and back."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from portal.catalogue.queries import Entry
from portal.notices.forms.writing import FactsForm, TextForm, lines_of, read_day
from portal.notices.models import (
    ActionNeeded,
    AudienceKind,
    CheckItem,
    Link,
    NoticeKind,
    NoticeScope,
    ProductRange,
    Step,
    Words,
)
from portal.notices.models.words import DRAWN_KEYS
from portal.notices.queries import Workbench
from portal.notices.services import Draft, Facts


def facts_of(form: FactsForm, catalogue: Sequence[Entry]) -> Facts:
    """Return what the form says a notice is."""
    return Facts(
        kind=NoticeKind(form.kind.data),
        scope=NoticeScope(form.scope.data),
        action=ActionNeeded(form.action.data),
        expires_on=read_day(form.expires_on.data) or date.max,
        act_by=read_day(form.act_by.data),
        products=_products(form, {each.code: each for each in catalogue}),
        audience=_audience(form),
        source_language=form.source_language.data,
    )


def _audience(form: FactsForm) -> dict[AudienceKind, list[str]]:
    known = form.known_organisations
    return {
        AudienceKind.REGION: _parts(form.regions.data),
        AudienceKind.TIER: _parts(form.tiers.data),
        AudienceKind.ORGANISATION: [str(known[name]) for name in lines_of(form.organisations.data)],
        AudienceKind.EXCEPT: [str(known[name]) for name in lines_of(form.without.data)],
    }


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split("[,，、;；]", text) if part.strip()]


def _products(form: FactsForm, catalogue: Mapping[str, Entry]) -> list[ProductRange]:
    rows = [(catalogue[row["code"]], row) for row in form.products.data if row["code"] in catalogue]
    return [
        ProductRange(
            product=entry.product,
            module=entry.module,
            names=entry.names,
            module_names=entry.module_names,
            range=row["range"],
            is_affected=row["status"] != "not_affected",
            fixed_in=row["fixed_in"],
        )
        for entry, row in rows
    ]


def fill_facts(form: FactsForm, bench: Workbench, names: Mapping[AudienceKind, Sequence[str]]) -> None:
    """Show in the form what a notice is now."""
    revision = bench.revision
    form.version.data = str(bench.notice.version)
    form.kind.data, form.scope.data, form.action.data = bench.notice.kind, revision.scope, revision.action
    form.source_language.data = bench.notice.source_language
    form.act_by.data = revision.act_by.isoformat() if revision.act_by else ""
    form.expires_on.data = revision.expires_on.isoformat()
    form.regions.data = ", ".join(revision.audience.get(AudienceKind.REGION, ()))
    form.tiers.data = ", ".join(revision.audience.get(AudienceKind.TIER, ()))
    form.organisations.data = "\n".join(names.get(AudienceKind.ORGANISATION, ()))
    form.without.data = "\n".join(names.get(AudienceKind.EXCEPT, ()))
    form.products.process(None, [_product_row(row) for row in revision.products])


def _product_row(row: Mapping[str, str]) -> dict[str, str]:
    return {
        "code": f"{row['product']}/{row['module']}" if row["module"] else row["product"],
        "range": row["range"],
        "status": "affected" if row["is_affected"] else "not_affected",
        "fixed_in": row["fixed_in"],
    }


def words_of(form: TextForm) -> Draft:
    """Return the words that the form holds."""
    return Draft(
        title=form.title.data,
        change=form.change.data,
        words=Words(
            what=form.what.data,
            who=form.who.data,
            do=form.do.data,
            checklist_title=form.checklist_title.data,
            checklist=tuple(CheckItem("", line) for line in lines_of(form.checklist.data)),
            steps_title=form.steps_title.data,
            steps=tuple(_step(row) for row in form.steps.data if row["do"]),
            cause=form.cause.data,
            prevention=form.prevention.data,
            links=tuple(_link(line) for line in lines_of(form.links.data)),
        ),
    )


def _step(row: Mapping[str, str]) -> Step:
    return Step(row["do"], row["see"], row["if_not"], row["key"] if row["key"] in DRAWN_KEYS else "")


def _link(line: str) -> Link:
    url = re.split(r"\s", line)[-1]
    return Link(words=line.removesuffix(url).strip() or url, url=url)


def fill_text(form: TextForm, bench: Workbench, language: str) -> None:
    """Show in the form what is written in a language now."""
    form.version.data = str(bench.notice.version)
    text = bench.texts.get(language)
    if text is None:
        return
    words = Words.of(text.document)
    form.title.data, form.change.data = text.title, text.change
    for name in ("what", "who", "do", "checklist_title", "steps_title", "cause", "prevention"):
        form[name].data = getattr(words, name)
    form.checklist.data = "\n".join(item.text for item in words.checklist)
    form.links.data = "\n".join(f"{link.words} {link.url}" for link in words.links)
    form.steps.process(None, words.steps)
