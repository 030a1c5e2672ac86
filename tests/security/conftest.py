"""The town of two businesses, on a Monday morning."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from tests.factories import NOW
from tests.security.town import Town, build_town

from clientela.platform import clock


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def _without_log() -> Iterator[None]:
    """Thousands of refusals are the purpose here; their log lines would bury the one that matters."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def town(db: None) -> Town:
    """Both businesses, furnished."""
    return build_town()
