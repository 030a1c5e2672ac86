"""Fixtures of the ground floor's tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from tests.platform.installations import Installed
from tests.platform.samples import MODELS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    InstallNew = Callable[[], Installed]


@pytest.fixture
def now() -> datetime:
    """A Sunday at noon, long before any change of clocks."""
    return datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def empty_installation(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """One migrated, empty installation, to copy from."""
    return Installed.migrated(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def install(empty_installation: Installed, tmp_path: Path) -> InstallNew:
    """A function that gives a new, empty, migrated installation each time."""
    made = []

    def one() -> Installed:
        made.append(empty_installation.copy(tmp_path / f"installation-{len(made)}"))
        return made[-1]

    return one


@pytest.fixture(scope="session")
def sample_tables(django_db_setup, django_db_blocker) -> None:
    """The tables of `samples`, in the test database for the rest of the run."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
