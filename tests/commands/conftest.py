"""Installations for the commands, stopped at the end whatever happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.commands.running import Running


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Give a function that starts a command in a folder of its own."""
    started: list[Running] = []

    def start(*words: str, folder: str = "data", **environment: str) -> Running:
        command = Running(tmp_path / folder, words, extra=environment)
        started.append(command)
        return command

    yield start
    for command in started:
        if command.process is not None and command.process.poll() is None:
            command.process.kill()
            command.process.wait()
