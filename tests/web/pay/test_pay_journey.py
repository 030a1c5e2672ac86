"""Paying in a browser: to the provider's page and back, readable by everybody, on a phone and on a desktop."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import factories
from tests.checkout.online import till

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.checkout.actions.book_with_payment import Paying
from clientela.checkout.links import attempt_path, sale_path
from clientela.checkout.models import PaymentAttempt, ProviderAccount
from clientela.people.models import Client
from clientela.platform import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("CLIENTELA_SHOTS", "")


@pytest.fixture(autouse=True)
def monday_morning() -> None:
    """The browser's clock runs; so does ours."""


@pytest.fixture
def paying(account: ProviderAccount, paid_service: Service) -> Paying:
    """Luz holds a time a week ahead."""
    now = clock.now()
    day = (now + timedelta(days=7 + (7 - now.weekday()) % 7 + 1)).date()
    return till.hold_and_begin(paid_service, f"{day} 10:00", now=now)


def shot(page: Any, name: str) -> None:
    """Keep a picture for whoever wants to look (``CLIENTELA_SHOTS=folder``)."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("width", ["page", "desktop_page"])
def test_a_held_time_is_paid_and_the_page_says_so_by_itself(
    request: pytest.FixtureRequest,
    live_server: Any,
    assert_accessible: Callable[[Any], None],
    paying: Paying,
    width: str,
) -> None:
    page = request.getfixturevalue(width)
    page.goto(live_server.url + attempt_path(paying.attempt))
    page.get_by_role("heading", name="Have you paid?").wait_for()
    assert_accessible(page)
    shot(page, f"{width}-waiting")
    page.get_by_role("link", name="Go to the payment page").click()
    page.get_by_role("heading", name="Pay €48").wait_for()
    assert_accessible(page)
    shot(page, f"{width}-simulator")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_role("button", name="Pay", exact=True).click()
    page.get_by_role("heading", name="Your time is booked").wait_for()
    assert_accessible(page)
    shot(page, f"{width}-paid")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_waiting_page_turns_when_the_money_arrives(
    live_server: Any, page: Any, paying: Paying
) -> None:
    page.goto(live_server.url + attempt_path(paying.attempt))
    page.get_by_role("heading", name="Have you paid?").wait_for()
    till.pay(paying.attempt, now=clock.now())
    page.get_by_role("heading", name="Your time is booked").wait_for()


def test_a_refused_card_says_what_was_not_done(
    live_server: Any, page: Any, assert_accessible: Callable[[Any], None], paying: Paying
) -> None:
    page.goto(live_server.url + paying.attempt.pay_url)
    page.get_by_role("button", name="Let the bank refuse the card").click()
    page.get_by_role("heading", name="The payment did not work").wait_for()
    assert_accessible(page)
    shot(page, "refused")
    page.get_by_role("button", name="Do not pay").click()
    page.get_by_role("heading", name="You have not paid").wait_for()
    shot(page, "given-up")
    PaymentAttempt.objects.filter(pk=paying.attempt.pk).update(
        state="returned", reason="slot-taken"
    )
    page.reload()
    page.get_by_role("heading", name="Your money comes back").wait_for()
    assert_accessible(page)
    shot(page, "returned")


def test_a_mailed_link_pays_a_sale_without_signing_in(
    live_server: Any,
    page: Any,
    assert_accessible: Callable[[Any], None],
    business: Business,
    account: ProviderAccount,
    paid_service: Service,
    client_card: Client,
) -> None:
    sale = factories.sell(client_card, factories.make_package(paid_service), now=clock.now())
    factories.pay(sale, 5_000, now=clock.now())
    page.goto(live_server.url + sale_path(sale))
    assert_accessible(page)
    shot(page, "sale")
    page.get_by_role("button", name="Pay €150").click()
    page.get_by_role("button", name="Pay", exact=True).click()
    page.get_by_role("link", name="Continue").click()
    page.get_by_text("Everything is paid").wait_for()
    shot(page, "sale-paid")
