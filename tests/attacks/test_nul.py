"""A NUL in an address, which PostgreSQL refuses to look for."""

from pathlib import Path

import pytest

from tests.postgres import new_database
from tests.world import a_world

_ADDRESSES = (
    ("anonymous", "/notices/%00"),
    ("anonymous", "/notices/%00/csaf"),
    ("anonymous", "/copies/%00"),
    ("customer", "/tickets/%00"),
    ("agent", "/desk/notices/%00"),
    ("agent", "/desk/notices?before=%00"),
    ("agent", "/desk/faults/%00"),
    ("agent", "/desk/faults?after=%00"),
    ("agent", "/desk/board/tickets?scope=team:%00&measure=%00"),
    ("agent", "/desk/notices/series/%00"),
)


@pytest.mark.postgres
def test_nothing_is_called_so(postgres_cluster: Path, tmp_path: Path) -> None:
    with new_database(postgres_cluster) as url, a_world(tmp_path, url) as world:
        answers = {path: world.ask(identity, "GET", path).status_code for identity, path in _ADDRESSES}
    assert answers == dict.fromkeys(answers, 404)
