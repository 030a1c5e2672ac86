"""A power cut between any two steps of joining or parting: it was done wholly, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.factories import NOW
from tests.kit.cluster import DATABASE
from tests.platform.installations import Installed

from clientela.auditor.audit import audit
from clientela.platform.failpoints import known

pytestmark = [pytest.mark.race, pytest.mark.slow]

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
PROGRAM = ("-m", "tests.people.merging")
ALL = sorted(
    name
    for name in known()
    if name.startswith(("people.merge-clients.", "people.unmerge-clients."))
)
# At every commit two of the places, others on the other database; in `make prove` all on both.
PLACES = ALL if PROVE else ALL[DATABASE == "postgres" :: 4]


def looked(installed: Installed, *verbs: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(installed.run(*PROGRAM, *verbs, "look"))
    return found


@pytest.mark.req("CRA-05")
def test_a_merge_that_is_killed_is_done_wholly_or_not_at_all(tmp_path: Path) -> None:
    fresh = Installed.migrated(tmp_path / "fresh")
    before = looked(fresh, "prepare")
    joined = fresh.copy(tmp_path / "joined")
    together = looked(joined, "merge")
    assert together["standing"] == 1
    assert len(ALL) >= 6
    for number, (place, nth) in enumerate(cases()):
        verb, whole, start = (
            ("part", joined, together) if ".unmerge-" in place else ("merge", fresh, before)
        )
        here = whole.copy(tmp_path / str(number))
        here.run(*PROGRAM, verb, killed=True, CLIENTELA_FAILPOINTS=f"{place}=kill9@{nth}")
        assert looked(here) == start, place
        assert looked(here, verb)["standing"] == (verb == "merge")
        broken = [one for one in audit(url=url_of(here), now=NOW) if not one.holds]
        assert not broken, broken


def cases() -> list[tuple[str, int]]:
    """Each place the first time it is passed; between the tables, at three of them."""
    turns = (1, 2, 3) if PROVE else (1,)
    return [
        (place, nth)
        for place in PLACES
        for nth in (turns if place.endswith(".between") else turns[:1])
    ]


def url_of(installed: Installed) -> str:
    """The address of its database."""
    return installed.url or f"sqlite://{installed.folder / 'clientela.sqlite3'}"
