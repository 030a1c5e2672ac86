"""A pytest plugin that gives a PostgreSQL run its server, before Django reads its settings.

``make test`` starts one cluster for all its runs and passes its address on; a bare
``CLIENTELA_TEST_DATABASE=postgres pytest tests/booking`` gets one of its own from here.
"""

from __future__ import annotations

import atexit
import os

import pytest

from tests.kit import postgres, template

DATABASE = os.environ.setdefault("CLIENTELA_TEST_DATABASE", "sqlite")


def pytest_addoption() -> None:
    """Start the cluster. The one hook that runs before pytest-django loads the settings."""
    if DATABASE not in {"sqlite", "postgres"}:
        pytest.exit(
            f"CLIENTELA_TEST_DATABASE is 'sqlite' or 'postgres', not {DATABASE!r}.", returncode=4
        )
    template.share()
    if DATABASE == "sqlite" or os.environ.get("CLIENTELA_TEST_POSTGRES_URL"):
        return
    if not postgres.is_available():
        pytest.exit(
            "CLIENTELA_TEST_DATABASE=postgres, but no PostgreSQL server programs were found.",
            returncode=4,
        )
    cluster = postgres.Cluster.start()
    atexit.register(cluster.stop)
    # Workers of pytest-xdist are children and inherit the address.
    os.environ["CLIENTELA_TEST_POSTGRES_URL"] = cluster.url
