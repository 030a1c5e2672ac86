"""A proof and the deletion that meet: one of the two wins, and the answer tells which."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.platform.installations import Installed

ROUNDS = 2000 if os.environ.get("CLIENTELA_PROVE") == "1" else 60

pytestmark = [pytest.mark.race, pytest.mark.slow]


@pytest.mark.req("S2.8")
def test_no_account_is_ever_proved_and_gone_nor_refused_and_kept(tmp_path: Path) -> None:
    installed = Installed.migrated(tmp_path)
    told = json.loads(installed.run("-m", "tests.accounts.race", str(ROUNDS)))
    assert told["contradictions"] == []
    assert told["proved"] + told["gone"] == ROUNDS
