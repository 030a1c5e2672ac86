"""What every journey stands on: a Monday morning, complete catalogues, nobody's limits used up; and two ways to look."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import cache
from tests import factories
from tools import translations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page


@pytest.fixture(scope="module", autouse=True)
def catalogues() -> None:
    """Spanish and Italian, compiled as every installation has them."""
    assert translations.main(["compile"]) == 0


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Monday 23 November 2026, eight in the morning in Madrid; the clock runs on."""
    cache.clear()
    with time_machine.travel(factories.NOW, tick=True):
        yield
    cache.clear()


@pytest.fixture
def calm(assert_accessible: Callable[..., None]) -> Callable[..., None]:
    """Give a function that looks at a page at rest: axe has nothing to say, and nothing scrolls sideways.

    With a name, and a folder in CLIENTELA_SHOTS, it keeps a picture.
    """

    def check(page: Page, name: str = "") -> None:
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
        folder = os.environ.get("CLIENTELA_SHOTS")
        if name and folder:
            width = page.evaluate("innerWidth")
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    return check
