"""What agents keep writing."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.segmentation import Segmenter
from portal.phrasebook.queries import EVERYDAY, Repeated, Written, count_customers, phrasebook, repeated, without_names

ANNE, BEN = uuid4(), uuid4()


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def texts(words: str, number: int, authors: tuple[UUID, ...] = (ANNE, BEN)) -> Iterator[Written]:
    by = cycle(authors)
    for each in range(number):
        yield Written(words, "zh_Hans", next(by), clock.now() - timedelta(hours=each), ticket_id=uuid4())


def found(session: Session, segmenter: Segmenter, *written: Iterator[Written]) -> list[Repeated]:
    all_of_them = [text for texts in written for text in texts]
    return repeated(all_of_them, phrasebook(session, "en"), segmenter, known=EVERYDAY)


def words_of(those: list[Repeated]) -> list[tuple[str, str]]:
    return sorted((each.language, each.term) for each in those)


@pytest.mark.parametrize(
    ("words", "language", "term"),
    [
        ("我们重启了中间件，请您再试一次。", "zh_Hans", "中间件"),
        ("請您看一下，叢集已經恢復。", "zh_Hant", "叢集"),
        ("We restarted the Middleware, please try again.", "en", "Middleware"),
        ("现在 Kafka 已经恢复正常，请您放心。", "zh_Hans", "Kafka"),
    ],
)
def test_what_two_agents_wrote_five_times_is_found_as_they_write_it(
    session: Session, segmenter: Segmenter, words: str, language: str, term: str
) -> None:
    assert (language, term) in words_of(found(session, segmenter, texts(words, 5)))


def test_four_texts_are_not_enough_nor_are_many_of_one_agent(session: Session, segmenter: Segmenter) -> None:
    words = "The middleware is up."
    assert found(session, segmenter, texts(words, 4)) == []
    assert found(session, segmenter, texts(words, 20, (ANNE,))) == []


def test_a_text_counts_once_however_often_it_says_a_word(session: Session, segmenter: Segmenter) -> None:
    assert found(session, segmenter, texts("Middleware, middleware, middleware.", 2)) == []


def test_terms_codes_and_addresses_are_none(session: Session, segmenter: Segmenter) -> None:
    words = "After the rollback see `zookeeper`, https://kafka.example/x or jenkins@vendor.example, YB-3021 in 5.6.2."
    assert found(session, segmenter, texts(words, 6)) == []


def test_what_everybody_understands_is_none(session: Session, segmenter: Segmenter) -> None:
    english = "Dear customer, thank you for your patience. We are looking into it and will update you by tomorrow noon."
    chinese = "您好，我们正在排查，预计今天下午给您答复，感谢您的耐心等待，给您带来不便请谅解。"
    assert words_of(found(session, segmenter, texts(english, 6), texts(chinese, 6))) == []


def test_the_latest_places_are_kept(session: Session, segmenter: Segmenter) -> None:
    one = found(session, segmenter, texts("The middleware is up.", 30))[0]
    assert (one.texts, len(one.authors), len(one.places)) == (30, 2, 20)
    assert one.places[0].at == max(each.at for each in one.places)


@pytest.mark.parametrize(("often", "is_ours"), [(0, True), (1, True), (2, False)])
def test_it_is_ours_as_long_as_customers_hardly_write_it(
    session: Session, segmenter: Segmenter, often: int, is_ours: bool
) -> None:
    those = found(session, segmenter, texts("The middleware is up.", 10))
    count_customers(those, ["The Middlewares are down"] * often + ["It is slow"] * 50)
    assert [each.is_ours_alone for each in those] == [is_ours]


def test_customers_count_in_either_script_and_only_whole_words(session: Session, segmenter: Segmenter) -> None:
    those = found(session, segmenter, texts("中间件已经恢复", 10), texts("Kafka is up again.", 10))
    count_customers(those, ["中間件是不是壞了", "Kafkaesque"])
    assert {each.term: each.customers for each in those if each.term in ("中间件", "Kafka")} == {
        "中间件": 1,
        "Kafka": 0,
    }


def test_no_word_of_anybodys_name_is_left(session: Session, segmenter: Segmenter) -> None:
    those = found(session, segmenter, texts("Kafka and Orchid are up again. 中间件已经恢复", 6))
    left = without_names(those, ["Orchid Hospital", "Franz Kafka", "松林中間件研究所", "Middle Ware"])
    assert "middleware" not in {each.word for each in left}
    assert not {"kafka", "orchid", "中间件"} & {each.word for each in left}
