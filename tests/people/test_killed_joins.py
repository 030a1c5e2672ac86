"""A power cut between any two steps of joining accounts or parting them: it was done wholly, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.factories import NOW
from tests.kit.cluster import DATABASE
from tests.people.test_killed_merges import url_of
from tests.platform.installations import Installed

from clientela.auditor.audit import audit
from clientela.platform.failpoints import known

pytestmark = [pytest.mark.race, pytest.mark.slow]

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"

ROOMS = {
    "join": ("people.join-accounts.", "people.merge-clients."),
    "undo": ("people.undo-join.", "people.unmerge-clients."),
}


def places(verb: str) -> list[str]:
    """Each place that the act passes; of the merges within, that of either business.

    At every commit every other one, the rest on the other database; in `make prove` all on both.
    """
    every = [
        f"{name}@{nth}"
        for name in sorted(known())
        if name.startswith(ROOMS[verb])
        for nth in ((1, 2) if "clients" in name and PROVE else (1,))
    ]
    assert len(every) >= 4
    return every if PROVE else every[DATABASE == "postgres" :: 2]


@pytest.mark.req("CRA-05", "L2")
def test_a_join_that_is_killed_is_done_wholly_or_not_at_all(tmp_path: Path) -> None:
    installed = Installed.migrated(tmp_path)
    for verb, active in (("join", 1), ("undo", 2)):
        wanted = places(verb)
        told = json.loads(installed.run("-m", "tests.people.joining", verb, *wanted))
        assert told == {"killed": wanted, "left": [], "active": active}
        broken = [one for one in audit(url=url_of(installed), now=NOW) if not one.holds]
        assert not broken, broken
