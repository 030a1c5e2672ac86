"""What every test shares: which database this run speaks to, and what a run leaves out.

``make test`` runs the suite on SQLite and then on PostgreSQL. ``CLIENTELA_TEST_DATABASE`` names the
database of this run; the settings read it. Tests that touch no database, and browser journeys, run once.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import testcases
from hypothesis import HealthCheck, settings as hypothesis_settings

from tests import emptying
from tests.kit import browser, postgres, template
from tests.kit.cluster import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ("tests.kit.fixtures", "tests.kit.serving", "tests.cast")

HERE = Path(__file__).parent
WITHOUT_DATABASE = ("rules", "house", "tools")

# A page that a live server answers from another thread makes Django suspect async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# `make prove-all` searches long; CI repeats itself exactly, on the second database with the first of the same
# examples; at the desk a run is short.
hypothesis_settings.register_profile("desk", max_examples=60, deadline=None)
hypothesis_settings.register_profile(
    "ci", max_examples=150 if DATABASE == "sqlite" else 50, deadline=None, derandomize=True
)
hypothesis_settings.register_profile(
    "prove", max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile(
    "prove"
    if os.environ.get("CLIENTELA_PROVE") == "1"
    else "ci"
    if os.environ.get("CI")
    else "desk"
)


def pytest_sessionstart() -> None:
    """Refuse a run whose name and database disagree: it would prove nothing."""
    if (
        django_settings.configured
        and DATABASE not in django_settings.DATABASES["default"]["ENGINE"]
    ):
        pytest.exit(
            f"This run is named {DATABASE}, but the settings speak to another database.",
            returncode=4,
        )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs no database, and leave out what this run is not for."""
    left_out = []
    kept = []
    for item in items:
        if (
            item.path.is_relative_to(HERE)
            and item.path.relative_to(HERE).parts[0] in WITHOUT_DATABASE
        ):
            item.add_marker(pytest.mark.nodb)
        other = "postgres" if DATABASE == "sqlite" else "sqlite"
        (left_out if item.get_closest_marker(other) else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    items[:] = _long_files_first(kept)


def _long_files_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """Let files with processes, browsers and long walks begin first: at the end, short ones fill both workers."""
    long = {
        item.path
        for item in items
        if any(item.get_closest_marker(name) for name in ("race", "slow", "browser"))
    }
    return sorted(items, key=lambda item: item.path not in long)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a journey where there is no Chromium; where one is required, fail instead."""
    if item.get_closest_marker("browser") and not browser.is_available():
        if os.environ.get("CLIENTELA_REQUIRE_BROWSER") == "1":
            pytest.fail("CLIENTELA_REQUIRE_BROWSER=1, but no Chromium was found.", pytrace=False)
        pytest.skip("no Chromium on this machine")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the test database begin as a copy of the one that was migrated for the whole run, and be emptied quickly."""
    template.begin_with_copy(connection)
    testcases.call_command = emptying.command


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the URL of a PostgreSQL server, for tests that need one whatever this run's database is."""
    given = os.environ.get("CLIENTELA_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    if not postgres.is_available():
        if os.environ.get("CLIENTELA_REQUIRE_POSTGRES") == "1":
            pytest.fail("CLIENTELA_REQUIRE_POSTGRES=1, but no PostgreSQL was found.", pytrace=False)
        pytest.skip("no PostgreSQL on this machine")
    cluster = postgres.Cluster.start()
    try:
        yield cluster.url
    finally:
        cluster.stop()
