"""The test kit keeps its own promises."""

from __future__ import annotations

from django.conf import settings
from tests.kit.cluster import DATABASE


def test_the_run_speaks_to_the_database_it_is_named_after() -> None:
    assert DATABASE in settings.DATABASES["default"]["ENGINE"]
