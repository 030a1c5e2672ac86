"""A page at rest: nothing on its way in, nothing on its way out, nothing moving.

Whatever is measured or read without waiting (axe, a picture, a width) asks for this first. It does not say *which*
page one sees: after a press that leads elsewhere, a journey expects something of the new page before it looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

# A style sheet holds up drawing and `load`, but neither the parser nor a script from outside: before `load`, what has
# long been found may still be measured without any style. A form that is sent bears `data-sent` (busy.js) from the
# press on; htmx marks what it asks for, puts in and settles. A repeating animation (a spinner) never ends.
STILL: Final = """() =>
  document.readyState === "complete"
  && document.fonts.status === "loaded"
  && !document.querySelector("form[data-sent], .htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
  && !document.getAnimations().some((one) =>
    one.playState === "running" && Number.isFinite(one.effect.getComputedTiming().endTime))"""


def wait_until_still(page: Page) -> None:
    """Wait until the page is loaded, drawn and quiet; a page that never is fails the test."""
    page.wait_for_function(STILL)


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what a worker, or the device, does in its own time, and no locator can see."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    pytest.fail("it did not come true within half a minute")
