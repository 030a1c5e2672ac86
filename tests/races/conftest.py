"""Fixtures of the races: an installation of its own for each, copied from one that was prepared once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.platform.installations import Installed
from tests.races.track import Track


@pytest.fixture(scope="session")
def prepared_track(tmp_path_factory: pytest.TempPathFactory) -> Track:
    """The track before any race."""
    return Track.prepared(Installed.migrated(tmp_path_factory.mktemp("track")))


@pytest.fixture
def track(prepared_track: Track, tmp_path: Path) -> Track:
    """A fresh copy of the track."""
    return Track(prepared_track.installed.copy(tmp_path / "lane"), prepared_track.ids)
