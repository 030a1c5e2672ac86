"""Several real workers take from one queue at once: each mail leaves exactly once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.notify.sink import Sink
from tests.platform.installations import Installed

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.req("MSG-05")]
WORKERS, MESSAGES = 4, 60


def test_many_workers_send_each_mail_once(tmp_path: Path) -> None:
    here = Installed.migrated(tmp_path / "many")
    sink = Sink()
    mail = {
        "CLIENTELA_MAIL": "smtp",
        "CLIENTELA_SMTP_HOST": "127.0.0.1",
        "CLIENTELA_SMTP_PORT": str(sink.port),
    }
    here.run("-m", "tests.notify.probe", "fill", str(MESSAGES))
    workers = [
        here.start("-m", "tests.notify.probe", "finish", "0", **mail) for _ in range(WORKERS)
    ]
    ends = [(one.communicate(timeout=120), one.returncode) for one in workers]
    assert [code for _, code in ends] == [0] * WORKERS, ends
    report = here.run("-m", "tests.notify.probe", "report")
    told = [line.split() for line in report.splitlines()]
    assert {(reason, unknown) for _, reason, unknown in told} == {("handed_over", "0")}
    assert Counter(sink.message_ids) == Counter(message_id for message_id, _, _ in told)
    assert len(told) == MESSAGES
    sink.close()
