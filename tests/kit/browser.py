"""Chromium for journeys: the system's own browser, never a download.

A journey takes the ``page`` fixture (a phone) or ``desktop_page``; both fail the test when the page
logged an error, broke the content security policy or asked another host for anything.
``CLIENTELA_SLOW_BROWSER=6`` lets pages run six times slower: what depends on luck shows itself.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


def executable() -> str | None:
    """Return the browser's path: ``CLIENTELA_CHROMIUM``, else the first one on the path."""
    named = os.environ.get("CLIENTELA_CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


def is_available() -> bool:
    """Say whether a journey can run here."""
    return executable() is not None


def slow_down(page: Page) -> None:
    """Let the page's own work take as many times longer as ``CLIENTELA_SLOW_BROWSER`` says."""
    if times := os.environ.get("CLIENTELA_SLOW_BROWSER"):
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": float(times)})
