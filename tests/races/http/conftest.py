"""The shipped server on a race track, stopped at the end whatever happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.races.http.arena import Arena
from tests.races.track import Track


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all servers: the files are collected once."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def arena(track: Track, static_files: Path) -> Iterator[Arena]:
    """An arena of its own, not served yet: for tests that kill it or take its guards down."""
    here = Arena(track, static_files)
    yield here
    here.stop()


@pytest.fixture(scope="module")
def shipped(
    prepared_track: Track, static_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Arena]:
    """One arena for all races of a file, served as it ships; each race has a week of its own."""
    folder = tmp_path_factory.mktemp("arena")
    here = Arena(Track(prepared_track.installed.copy(folder), prepared_track.ids), static_files)
    here.serve()
    yield here
    here.stop()
