"""Fixtures of the kit: one browser per run, one clean context per journey."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest

from tests.kit import browser as kit
from tests.kit.rest import wait_until_still

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

    type_of_open = Callable[..., Page]

# How long a page, an act or an expectation may take. It costs nothing where the answer is quick, and a machine where
# others work too may need far longer than Playwright grants.
LONGEST_WAIT_SECONDS: Final = 60


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 -- slow import, journeys only

    expect.set_options(timeout=LONGEST_WAIT_SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=kit.executable(), args=list(kit.ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a clean page: ``open_page(viewport=…, locale="es", timezone_id="Europe/Rome")``.

    At the end the test fails if any page logged an error or asked a host other than this machine.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    under_way: set[Request] = set()

    def heard(message: ConsoleMessage) -> None:
        # A 4xx answer is logged by Chromium as an error; the journey itself judges status codes.
        if (
            message.type == "error"
            and "the server responded with a status of 4" not in message.text
        ):
            complaints.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        under_way.add(request)
        url = urlsplit(request.url)
        if url.scheme in {"http", "https", "ws", "wss"} and url.hostname not in {
            "127.0.0.1",
            "localhost",
        }:
            complaints.append(f"asked another host: {request.url}")

    def ended(request: Request) -> None:
        under_way.discard(request)

    def open_one(**options: object) -> Page:
        settings = {
            "viewport": kit.PHONE,
            "locale": "en-GB",
            "timezone_id": "Europe/Madrid",
            **options,
        }
        context = chromium.new_context(**settings)
        contexts.append(context)
        context.set_default_timeout(LONGEST_WAIT_SECONDS * 1000)
        page = context.new_page()
        kit.slow_down(page)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("request", asked)
        page.on("requestfinished", ended)
        page.on("requestfailed", ended)
        return page

    yield open_one
    _let_end(contexts, under_way)
    for context in contexts:
        context.close()
    assert complaints == []


def _let_end(contexts: list[BrowserContext], under_way: set[Request]) -> None:
    """Wait until every request has its answer: one that the test cuts off fails, and may write to the next test."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    for page in [page for context in contexts for page in context.pages]:
        while under_way and time.monotonic() < deadline:
            page.wait_for_timeout(20)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A clean page on a phone."""
    return open_page()


@pytest.fixture
def desktop_page(open_page: Callable[..., Page]) -> Page:
    """A clean page on a desktop."""
    return open_page(viewport=kit.DESKTOP)


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """Give a function that fails with axe's own words when a page, once at rest, breaks WCAG 2.2 A or AA."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 -- slow import, journeys only

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def check(page: Page, context: str | None = None) -> None:
        wait_until_still(page)
        results = Axe().run(
            page, context=context, options={"runOnly": {"type": "tag", "values": tags}}
        )
        assert results.violations_count == 0, results.generate_report()

    return check
