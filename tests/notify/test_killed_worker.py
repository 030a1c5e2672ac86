"""Real workers, really killed, in the middle of sending: nothing lost, copies only where the policy says so."""

from __future__ import annotations

import json
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
    assert len(told) == MESSAGES
    copies = Counter(sink.message_ids)
    assert set(copies) <= {message_id for message_id, _, _ in told}
    for message_id, reason, interrupted in told:
        unknown = int(interrupted)
        # Interrupted once it leaves once more; interrupted twice it is left to a person, and listed.
        assert reason == ("unknown" if unknown > 1 else "handed_over")
        # At the sink: the one that was handed over, and at most one more for each attempt that is noted as unknown.
        handed_over = int(reason == "handed_over")
        assert handed_over <= copies[message_id] <= handed_over + unknown
    print(
        f"{MESSAGES} messages, {KILLS} kills: {sum(copies.values()) - MESSAGES} copies, "
        f"{sum(int(interrupted) for _, _, interrupted in told)} attempts noted as unknown"
    )
    sink.close()


PLACES = ("notify.sms.answered", "notify.receipt.before-commit")
ALL_PLACES = (
    *PLACES,
    "notify.push.after-hand-over",
    "notify.receipt.entered",
    "notify.simulator.accepted",
    "notify.send.taken",
    "notify.send.before-hand-over",
    "notify.send.after-hand-over",
)
CLIENTS = 3


@pytest.fixture(scope="module")
def reached(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Clients who hear of their appointment by e-mail, by text and on a device; nothing is sent yet."""
    here = installed.copy(tmp_path_factory.mktemp("reached") / "copy")
    probe(here, "reach", str(CLIENTS))
    return here


@pytest.mark.req("CRA-04")
@pytest.mark.parametrize("place", ALL_PLACES if PROVE else PLACES)
def test_killed_in_any_channel_nothing_is_lost_and_no_text_or_receipt_is_doubled(
    reached: Installed, tmp_path: Path, place: str
) -> None:
    here = reached.copy(tmp_path / "copy")
    here.run(
        "-m", "tests.notify.probe", "finish", "0", killed=True, CLIENTELA_FAILPOINTS=f"{place}=kill9@2"
    )  # fmt: skip
    probe(here, "finish", "4")
    left = json.loads(probe(here, "left"))
    assert left["copies"]["sms"] == [1] * CLIENTS
    assert left["receipts"] == [["sms", "delivered", CLIENTS]]
    for name in ("email", "push"):
        # One copy each, and one more where the hand-over was interrupted.
        assert [min(one, 1) for one in left["copies"][name]] == [1] * CLIENTS
    outcomes = {(channel, outcome): count for channel, outcome, count in left["attempts"]}
    for name in ("email", "push"):
        unknown = outcomes.get((name, "unknown"), 0)
        assert outcomes[name, "accepted"] == CLIENTS
        assert sum(left["copies"][name]) <= CLIENTS + unknown
    # Of a text whose worker died the carrier told what became of it.
    assert ["sms", "delivered", CLIENTS] in left["reasons"]
    assert {reason for channel, reason, _ in left["reasons"] if channel != "sms"} == {"handed_over"}
