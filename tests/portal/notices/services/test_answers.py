"""What readers answer."""

import pytest
from sqlalchemy.exc import DatabaseError

from portal.core import clock
from portal.notices import queries, services
from portal.notices.models import Notice, ReceiptKind
from portal.notices.permissions import NoticeRuleError
from portal.notices.queries import OwnAnswers, ReaderNotice
from tests.portal.notices.cast import Cast, a_notice, revise


def read(cast: Cast, notice: Notice) -> ReaderNotice:
    found = queries.reader_notice(cast.session, cast.actor(cast.tang), notice.code, locale="en")
    assert found is not None
    return found


def own(cast: Cast, notice: Notice) -> OwnAnswers:
    cast.session.flush()
    return queries.own_answers(cast.session, notice.id, cast.qinghe.id)


def tick(cast: Cast, notice: Notice, *add: str, remove: tuple[str, ...] = (), by: object = None) -> None:
    actor = cast.actor(cast.liu if by else cast.tang)
    services.set_ticks(cast.session, read(cast, notice), add=add, remove=remove, by=actor, at=clock.now())


def test_colleagues_share_their_ticks(cast: Cast) -> None:
    notice = a_notice(cast)
    tick(cast, notice, "c1")
    tick(cast, notice, "c2", by="a colleague")
    assert own(cast, notice).ticks == {"c1", "c2"}


def test_a_tick_is_taken_back(cast: Cast) -> None:
    notice = a_notice(cast)
    tick(cast, notice, "c1", "c2")
    tick(cast, notice, remove=("c1",))
    assert own(cast, notice).ticks == {"c2"}


def test_ticking_twice_and_what_is_not_on_the_list_change_nothing(cast: Cast) -> None:
    notice = a_notice(cast)
    tick(cast, notice, "c1", "c99")
    tick(cast, notice, "c1")
    assert own(cast, notice).ticks == {"c1"}


def test_other_organisations_have_ticks_of_their_own(cast: Cast) -> None:
    notice = a_notice(cast)
    tick(cast, notice, "c1")
    assert queries.own_answers(cast.session, notice.id, cast.songlin.id) == OwnAnswers()


def test_the_latest_answer_counts_and_earlier_ones_stay(cast: Cast) -> None:
    notice = a_notice(cast)
    for kind in (ReceiptKind.READ, ReceiptKind.DONE):
        services.answer(cast.session, read(cast, notice), kind, by=cast.actor(cast.tang), at=clock.now())
        cast.session.flush()
    found = own(cast, notice)
    assert [each.kind for each in found.answers] == [ReceiptKind.READ, ReceiptKind.DONE]
    assert found.latest is not None
    assert (found.latest.kind, found.latest.name, found.latest.number) == (ReceiptKind.DONE, "Tang Xiuying", 1)


def test_opening_is_no_answer(cast: Cast) -> None:
    notice = a_notice(cast)
    services.note_opened(cast.session, read(cast, notice), by=cast.actor(cast.tang), at=clock.now())
    found = own(cast, notice)
    assert (found.has_opened, found.latest) == (True, None)


def test_an_answer_is_never_changed(cast: Cast) -> None:
    notice = a_notice(cast)
    receipt = services.answer(
        cast.session, read(cast, notice), ReceiptKind.READ, by=cast.actor(cast.tang), at=clock.now()
    )
    cast.session.commit()
    receipt.kind = ReceiptKind.DONE
    with pytest.raises(DatabaseError):
        cast.session.flush()


def test_a_material_revision_reopens_the_answer_and_an_editorial_one_does_not(cast: Cast) -> None:
    notice = a_notice(cast)
    services.answer(cast.session, read(cast, notice), ReceiptKind.DONE, by=cast.actor(cast.tang), at=clock.now())
    latest = own(cast, notice).latest
    assert queries.is_settled(latest, notice.material_number, notice.action)
    revise(cast, notice, is_material=False)
    assert queries.is_settled(latest, notice.material_number, notice.action)
    revise(cast, notice)
    assert not queries.is_settled(latest, notice.material_number, notice.action)


def test_agents_do_not_answer_for_a_hospital(cast: Cast) -> None:
    notice = read(cast, a_notice(cast))
    with pytest.raises(NoticeRuleError):
        services.answer(cast.session, notice, ReceiptKind.DONE, by=cast.author, at=clock.now())
