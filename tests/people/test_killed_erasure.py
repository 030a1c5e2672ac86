"""A power cut in the middle of forgetting: what was forgotten stays so, and the restart forgets the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.platform.installations import Installed

PROGRAM = ("-m", "tests.people.erasing")
POINT = "people.erase-card.before-commit"

pytestmark = [pytest.mark.slow]


def left(installed: Installed) -> dict[str, int]:
    found: dict[str, int] = json.loads(installed.run(*PROGRAM, "look"))
    return found


@pytest.mark.req("CRA-10")
@pytest.mark.req("INV-14")
def test_an_erasure_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    installed = Installed.migrated(tmp_path)
    installed.run(*PROGRAM, "prepare")
    before = left(installed)
    assert (before["cards"], before["contacts"], before["ahead"]) == (12, 12, 12)
    for nth, cards in ((5, 8), (4, 5)):
        installed.run(*PROGRAM, "erase", killed=True, CLIENTELA_FAILPOINTS=f"{POINT}=kill9@{nth}")
        now = left(installed)
        assert (now["cards"], now["contacts"], now["ahead"]) == (cards, cards, cards)
        assert now["done"] == 0
    installed.run(*PROGRAM, "erase")
    assert left(installed) == {**before, "cards": 0, "contacts": 0, "ahead": 0, "done": 1}
