"""`clientela demo`: everything from nothing, and nothing of anybody's own."""

from __future__ import annotations

import socket
import time

import pytest
from tests.commands.running import Running, free_port

from clientela.serving.fill_demo import OPERATOR, PASSWORD

pytestmark = [pytest.mark.nodb, pytest.mark.slow]


def demo(running, tmp_path, *words: str) -> Running:
    command = running("demo", "--data", str(tmp_path / "demo"), *words)
    command.words = (*command.words, "--port", str(command.port))
    return command


@pytest.mark.req("B10")
def test_a_newcomer_finds_three_businesses_open_and_can_go_on_tomorrow(running, tmp_path) -> None:
    command = demo(running, tmp_path)
    began = time.monotonic()
    command.start().wait_for("Clientela's demo is open.")
    print(f"the demo opened after {time.monotonic() - began:.1f} s")
    for slug in ("fisioterapia-ejemplo", "studio-esempio", "kestrel-hair"):
        assert f"/{slug}/" in command.said
        assert command.get(f"/{slug}/") == 200
    assert command.get("/simulator/") == 200
    assert PASSWORD in command.said
    assert OPERATOR in command.said
    assert command.stop() == 0
    command.folder = tmp_path / "demo"
    command.extra = {"CLIENTELA_DEMO": "1"}
    assert command.run("audit").returncode == 0
    collected = tmp_path / "demo" / "static" / ".collected"
    collected.write_text("of an older program")
    kept = demo(running, tmp_path, "--keep").start()
    kept.wait_for("Clientela's demo is open.")
    assert "Filling" not in kept.said
    assert collected.read_text() != "of an older program"
    assert kept.stop() == 0


def test_a_folder_that_is_no_demos_is_never_emptied(running, tmp_path) -> None:
    precious = tmp_path / "demo" / "clientela.sqlite3"
    precious.parent.mkdir()
    precious.write_text("my clients")
    refused = demo(running, tmp_path).run(
        "demo", "--data", str(tmp_path / "demo"), "--port", str(free_port())
    )
    assert refused.returncode == 1
    assert "nothing was removed" in refused.stderr
    assert precious.read_text() == "my clients"


def test_a_port_in_use_is_said_before_anything_is_done(running, tmp_path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = demo(running, tmp_path).run(
            "demo", "--data", str(tmp_path / "demo"), "--port", str(port)
        )
    assert refused.returncode == 1
    assert f"--port {port + 1}" in refused.stderr
    assert not (tmp_path / "demo").exists()
