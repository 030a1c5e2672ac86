"""The support's button stands where the article says, and leads to a person who answers while one looks."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.cast import Person
from tests.factories import at, book
from tests.kit import browser as kit
from tests.kit.signed_in import put_session

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.support.actions.answer_thread import answer_thread
from clientela.support.queries.threads import lines_of, thread_rows, waiting_threads

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Calm = Callable[..., None]
AGENT = Actor.staff(UUID(int=9), "support")
# In the page: which things that can be pressed the button lies over, at the top of the page and at its end.
COVERED = """button => {
  const mine = button.getBoundingClientRect();
  const found = new Set();
  // What scrolls away under a bar is not covered; what scrolls under a button that floats is.
  for (const y of button.closest("header") ? [0] : [0, document.body.scrollHeight]) {
    scrollTo(0, y);
    for (const one of document.querySelectorAll("main a, main button, main input, main select, main summary, .dock a, header a, header button, header summary")) {
      if (one === button || one.contains(button) || !one.checkVisibility({ visibilityProperty: true })) continue;
      const box = one.getBoundingClientRect();
      if (box.width && box.left < mine.right && mine.left < box.right && box.top < mine.bottom && mine.top < box.bottom) found.add(one.outerHTML.slice(0, 120));
    }
  }
  scrollTo(0, 0);
  return [...found];
}"""


def the_button(page: Page) -> Locator:
    """The one that is in sight."""
    seen = page.locator('a[href^="/support/chat/"]:visible')
    expect(seen).to_have_count(1)
    return seen


def check_corner(page: Page) -> None:
    """Bottom left on a desktop, top right on a phone; never over anything else; not on paper."""
    button = the_button(page)
    box = button.bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    if size["width"] >= kit.DESKTOP["width"]:
        assert middle[0] < size["width"] * 0.2, page.url
        assert size["height"] * 0.8 < middle[1] < size["height"], page.url
    else:
        assert size["width"] - (box["x"] + box["width"]) <= 32, page.url
        assert middle[1] < 80, page.url
    assert min(box["width"], box["height"]) >= 44, page.url
    assert button.evaluate(COVERED) == [], page.url
    page.emulate_media(media="print")
    expect(button).to_be_hidden()
    page.emulate_media(media="screen")


@pytest.mark.req("S0.17", "S0.18", "S0.19")
def test_the_button_is_in_its_corner_on_every_page_and_brings_an_answer(
    open_page: Open,
    calm: Calm,
    live_server: LiveServer,
    business: Business,
    desk: Person,
    client_card: Client,
    service: Service,
) -> None:
    book(service, at("2026-11-24 10:00"), client=client_card)
    for viewport in (kit.PHONE, kit.DESKTOP):
        for who, path in (
            (None, "/fisio-retiro/"),
            (None, "/client/login"),
            (None, "/nowhere/at/all/"),
            (desk.account, "/client/"),
            (desk.account, "/desk/fisio-retiro/"),
            (desk.account, "/desk/fisio-retiro/clients/"),
        ):
            page = open_page(viewport=viewport)
            if who is not None:
                put_session(page.context, who, url=live_server.url)
            page.goto(f"{live_server.url}{path}")
            calm(page, "button" + path.replace("/", "-"))
            check_corner(page)
            page.close()
    _write(open_page(viewport=kit.PHONE), calm, live_server.url)


def _write(page: Page, calm: Calm, url: str) -> None:
    page.goto(f"{url}/fisio-retiro/")
    page.get_by_role("link", name="Write to us").click()
    expect(page.get_by_role("link", name="I have two accounts")).to_be_visible()
    calm(page, "chat-options")
    page.get_by_role("link", name="Write to us").click()
    expect(page.get_by_label("Your message")).to_be_visible()
    calm(page, "chat-empty")
    page.get_by_label("Your message").fill("I am shown as new, and I have come for years.")
    page.get_by_label("Where shall we answer").fill("ana@example.com")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("and I have come for years")).to_be_visible()
    (row,) = thread_rows(waiting_threads())
    assert row.words == "I am shown as new, and I have come for years."
    assert (row.email, row.is_ours) == ("ana@example.com", False)
    assert row.thread.business is not None
    answer_thread(thread=row.thread, body="We look into it.", key="", by=AGENT, now=clock.now())
    expect(page.get_by_text("We look into it.")).to_be_visible()
    calm(page, "chat-answered")
    page.get_by_label("Your message").fill("Thank you.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert [one.body for one in lines_of(row.thread)][-1] == "Thank you."
