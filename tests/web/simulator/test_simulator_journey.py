"""The simulator in a browser: readable by everybody, on a phone and on a desktop."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.web.simulator.test_simulator import keep

from clientela.notify.models import SimulatedMail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mail() -> SimulatedMail:
    keep("luis@example.com")
    return keep()


def test_a_mail_is_found_and_read_on_a_phone(live_server, page, mail, assert_accessible) -> None:
    page.goto(live_server.url + reverse("simulator:home"))
    assert_accessible(page)
    page.get_by_role("link", name="ana@example.com").last.click()
    page.get_by_role("heading", name="Reservada").wait_for()
    page.frame_locator("iframe").get_by_text("Verla").wait_for()
    assert_accessible(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "the page scrolls sideways"
    page.get_by_role("link", name="All mails").click()
    page.get_by_role("heading", name="Everybody").wait_for()


def test_new_mail_appears_by_itself_on_a_desktop(
    live_server, desktop_page, mail, assert_accessible
) -> None:
    desktop_page.goto(live_server.url + reverse("simulator:home"))
    assert_accessible(desktop_page)
    keep("new@example.com")
    desktop_page.locator(".mailbox-rows").get_by_text("new@example.com").wait_for()
