"""Imports into real installations: killed half-way, and looked at by the auditor, who shares no code with us."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.integrations.papers import ROOT, example, text
from tests.platform.installations import Installed

from clientela.auditor.audit import audit

DEMO = sorted((ROOT / "src/clientela/integrations/demo").glob("*.json"))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed.migrated(tmp_path_factory.mktemp("imports"))


def address(installation: Installed) -> str:
    return installation.url or f"sqlite://{installation.folder / 'clientela.sqlite3'}"


def test_an_import_that_is_killed_leaves_nothing_and_can_be_repeated(
    installed: Installed, tmp_path: Path
) -> None:
    here = installed.copy(tmp_path / "killed")
    file = tmp_path / "business.json"
    file.write_text(text(example()), encoding="utf-8")
    typed = ("-m", "clientela", "import", "--anchor-today", str(file))
    here.run(*typed, killed=True, CLIENTELA_FAILPOINTS="integrations.import.before-commit=kill9")
    assert "clients 2" in here.run(*typed)
    exported = here.run("-m", "clientela", "export", "taller-ejemplo")
    assert exported.count('"client": "ana-prueba-garcia"') == 2


def test_the_auditor_finds_nothing_in_what_the_demo_brought(
    installed: Installed, tmp_path: Path
) -> None:
    here = installed.copy(tmp_path / "demo")
    for path in DEMO:
        here.run("-m", "clientela", "import", "--anchor-today", str(path))
    verdicts = audit(url=address(here), now=datetime.now(UTC))  # noqa: TID251 -- the imports read the real clock too
    assert {one.invariant: one.breaches for one in verdicts if not one.holds} == {}
    assert len(verdicts) > 5
