"""Several real workers take from one queue at once: each message leaves exactly once, by every channel."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.platform.installations import Installed

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.req("MSG-05")]
PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
WORKERS, CLIENTS = (8, 400) if PROVE else (3, 12)


def test_many_workers_send_each_message_once_by_each_channel(tmp_path: Path) -> None:
    here = Installed.migrated(tmp_path / "many")
    here.run("-m", "tests.notify.probe", "reach", str(CLIENTS))
    workers = [here.start("-m", "tests.notify.probe", "finish", "0") for _ in range(WORKERS)]
    ends = [(one.communicate(timeout=600), one.returncode) for one in workers]
    assert [code for _, code in ends] == [0] * WORKERS, ends
    left = json.loads(here.run("-m", "tests.notify.probe", "left"))
    assert left["copies"] == {name: [1] * CLIENTS for name in ("email", "sms", "push")}
    # The simulated carrier takes a text only once, so it is the attempts that tell.
    assert left["attempts"] == [[name, "accepted", CLIENTS] for name in ("email", "push", "sms")]
    assert left["reasons"] == [
        ["email", "handed_over", CLIENTS],
        ["push", "handed_over", CLIENTS],
        ["sms", "delivered", CLIENTS],
    ]
    assert left["receipts"] == [["sms", "delivered", CLIENTS]]
