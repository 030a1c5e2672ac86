"""A code counts once, however many bring it in the same moment (AUT-08)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.platform.installations import Installed


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.req("AUT-08")
def test_of_eight_browsers_with_one_code_one_gets_in(tmp_path: Path) -> None:
    told = json.loads(Installed.migrated(tmp_path).run("-m", "tests.security.factor_race"))
    assert told == {"app": 1, "recovery": 1}
