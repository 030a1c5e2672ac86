"""The test kit keeps its own promises."""

from __future__ import annotations

import pytest
from django.conf import settings
from tests.kit import postgres
from tests.kit.cluster import DATABASE


def test_the_run_speaks_to_the_database_it_is_named_after() -> None:
    assert DATABASE in settings.DATABASES["default"]["ENGINE"]


@pytest.mark.slow
@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL on this machine")
def test_a_durable_cluster_keeps_what_was_committed_through_a_kill() -> None:
    with postgres.Cluster.start(durable=True) as cluster:
        cluster.sql("CREATE TABLE kept (x int)")
        cluster.kill()
        cluster.resume()
        cluster.sql("SELECT x FROM kept")
    assert not cluster.folder.exists()
