"""The support's desk in a browser, on a phone and on a wide screen."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.kit.rest import wait_until_still
from tests.kit.signed_in import put_session
from tests.web.support_desk.test_support_desk import (  # noqa: F401 -- fixtures of the neighbouring file
    agent,
    for_support,
    other_channel,
    thread,
    waiting_for_client,
)

from clientela.accounts.models import Account
from clientela.support.models import Line, Request, Thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (390, 1280)


@pytest.mark.req("S0.11", "S0.16", "S0.20")
def test_the_support_decides_what_it_may_and_answers(
    live_server: LiveServer,
    open_page: Callable[..., Page],
    assert_accessible: Callable[[Page], None],
    agent: Account,  # noqa: F811 -- a fixture
    for_support: Request,  # noqa: F811 -- a fixture
    waiting_for_client: Request,  # noqa: F811 -- a fixture
    thread: Thread,  # noqa: F811 -- a fixture
) -> None:
    page = open_page(viewport={"width": WIDTHS[0], "height": 844}, timezone_id="Europe/Madrid")
    put_session(page.context, agent, url=live_server.url)

    def looks_well(name: str) -> None:
        wait_until_still(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if folder := os.environ.get("CLIENTELA_SHOTS"):
                page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        assert_accessible(page)

    page.goto(f"{live_server.url}/support/")
    looks_well("queue")
    page.get_by_role("link", name="Same person").last.click()
    page.get_by_text("Only the client can confirm this").wait_for()
    looks_well("waiting")
    assert page.get_by_role("button", name="Correct the marker").count() == 0
    page.goto(f"{live_server.url}/support/requests/{for_support.pk}/")
    looks_well("reclassify")
    page.get_by_role("button", name="Correct the marker").click()
    page.get_by_text("The marker was corrected").first.wait_for()
    page.goto(f"{live_server.url}/support/threads/")
    looks_well("threads")
    page.get_by_role("link", name="Tengo dos cuentas").click()
    page.get_by_text("Read", exact=True).wait_for()
    assert Thread.objects.get().unread == 0
    page.get_by_role("link", name="I have two accounts").click()
    page.wait_for_url("**?send=*")
    looks_well("thread")
    page.get_by_role("button", name="Answer").click()
    page.locator(".bubble-out").wait_for()
    assert "/client/two-accounts" in Line.objects.get(side="support").body
