"""Real workers, really killed, in the middle of sending: nothing lost, copies only where the policy says so."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.notify.sink import Sink
from tests.platform.installations import Installed

pytestmark = [pytest.mark.slow, pytest.mark.req("MSG-04", "INV-9", "INV-10")]

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
MESSAGES = 60 if not PROVE else 1000
KILLS = 4 if not PROVE else 100


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed.migrated(tmp_path_factory.mktemp("killed"))


def probe(installed: Installed, *words: str, **environment: str) -> str:
    return installed.run("-m", "tests.notify.probe", *words, **environment)


def test_a_worker_killed_again_and_again_loses_no_mail_and_copies_only_what_it_notes(
    installed: Installed, tmp_path: Path
) -> None:
    here = installed.copy(tmp_path / "copy")
    sink = Sink()
    mail = {
        "CLIENTELA_MAIL": "smtp",
        "CLIENTELA_SMTP_HOST": "127.0.0.1",
        "CLIENTELA_SMTP_PORT": str(sink.port),
    }
    probe(here, "fill", str(MESSAGES))
    for kill in range(KILLS):
        wanted = len(sink.accepted) + MESSAGES // (KILLS + 2)
        worker = here.start("-m", "tests.notify.probe", "work", str(kill), **mail)
        deadline = time.monotonic() + 60
        while len(sink.accepted) < wanted and time.monotonic() < deadline:
            time.sleep(0.002)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
    probe(here, "finish", str(KILLS), **mail)
    told = [line.split() for line in probe(here, "report").splitlines()]
    reasons = Counter(reason for _, reason, _ in told)
    assert reasons == {"handed_over": MESSAGES}
    copies = Counter(sink.message_ids)
    assert set(copies) == {message_id for message_id, _, _ in told}, "a mail was lost"
    for message_id, _, interrupted in told:
        # At the sink: one, and at most one more for each attempt that is noted as unknown.
        assert 1 <= copies[message_id] <= 1 + int(interrupted)
    print(
        f"{MESSAGES} messages, {KILLS} kills: {sum(copies.values()) - MESSAGES} copies, "
        f"{sum(int(interrupted) for _, _, interrupted in told)} attempts noted as unknown"
    )
    sink.close()
