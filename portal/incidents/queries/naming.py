"""What products, modules, fault types and questionnaires are called, to say where a surge is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.catalogue import queries as catalogue
from portal.incidents.surge import Key
from portal.questionnaires import queries as questionnaires
from portal.questionnaires.labels import Labels


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called in one language."""

    by_code: Mapping[str, str]
    faults: Mapping[str, str]
    questionnaires: Collection[str]
    """Which of the faults are questionnaires: their titles tell the desk what was asked, and readers nothing."""

    def place(self, key: Key) -> str:
        """Return where a problem is, in words."""
        where = self.by_code.get(f"{key.product}/{key.module}") or self.by_code.get(key.product, key.product)
        return " · ".join(each for each in (where, self.faults.get(key.fault, key.fault)) if each)

    def place_for_readers(self, key: Key) -> str:
        """Return where a problem is, as a notice says it."""
        return (self.place(key._replace(fault="")) if key.fault in self.questionnaires else "") or self.place(key)


def names_in(session: Session, locale: str) -> Names:
    """Return what everything is called in a language."""
    known = catalogue.entries(session)
    latest = [each.questionnaire for each in questionnaires.latest(session)]
    asked = [Labels(each, locale) for each in latest]
    answers = {code: name for each in asked for code, name in each.fault_types().items()}
    titles = {each.questionnaire.id: each.title.plain for each in asked}
    faults = {**titles, **answers, **catalogue.all_fault_type_names(session, locale)}
    return Names({each.code: each.name(locale) for each in known}, faults, set(titles))
