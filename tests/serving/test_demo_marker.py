"""Nobody is answered by a demo that is not whole, and a web server that loads early does not outlive a failure."""

from __future__ import annotations

import sys
import threading

import pytest

from clientela.serving.demo_marker import is_demo, mark, people_of, wait_until_whole
from clientela.serving.supervisor import Supervisor

pytestmark = pytest.mark.nodb

PEOPLE = [{"slug": "kestrel-hair", "staff": []}]
ASLEEP = (sys.executable, "-c", "import time; time.sleep(600)")


def test_a_folder_is_a_demos_before_it_is_whole(tmp_path) -> None:
    assert not is_demo(tmp_path)
    mark(tmp_path, [])
    assert is_demo(tmp_path)
    assert people_of(tmp_path) == []
    mark(tmp_path, PEOPLE)
    assert people_of(tmp_path) == PEOPLE
    assert [one.name for one in tmp_path.iterdir()] == ["demo-installation"]


def test_the_web_server_waits_until_the_demo_is_whole(tmp_path) -> None:
    mark(tmp_path, [])
    waiting = threading.Thread(target=wait_until_whole, args=[tmp_path], daemon=True)
    waiting.start()
    waiting.join(0.12)
    assert waiting.is_alive()
    mark(tmp_path, PEOPLE)
    waiting.join(30)
    assert not waiting.is_alive()


def test_it_does_not_wait_for_ever(tmp_path) -> None:
    mark(tmp_path, [])
    with pytest.raises(SystemExit, match="not filled"):
        wait_until_whole(tmp_path, longest=0)


def test_a_web_server_that_loads_early_ends_with_a_filling_that_fails() -> None:
    supervisor = Supervisor(web=ASLEEP)

    def fill_badly() -> None:
        with supervisor.web_loads():
            message = "the demo could not be filled"
            raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        fill_badly()
    assert supervisor.early is not None
    assert supervisor.early.poll() is not None
