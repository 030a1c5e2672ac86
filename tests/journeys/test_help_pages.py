"""The help in three languages: who wrote it and when; whoever was not helped says why, and the browser solves the riddle."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.kit import browser as kit

from clientela.support.models import HelpFeedback

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

Open = Callable[..., Page]
Calm = Callable[..., None]
INDEX = {"en": "Help", "es": "Ayuda", "it": "Guida"}
UPDATED = {
    "en": "23 November 2026",
    "es": "23 de noviembre de 2026",
    "it": "23 novembre 2026",
}


@pytest.mark.req("S0.24", "S2.23")
def test_an_article_says_who_wrote_it_and_when_and_hears_why_it_did_not_help(
    open_page: Open, calm: Calm, live_server: LiveServer
) -> None:
    for language, title in INDEX.items():
        page = open_page(viewport=kit.PHONE, locale=language)
        page.goto(f"{live_server.url}/help/")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        calm(page, f"help-index-{language}")
        page.locator("main a.choice").first.click()
        expect(page.locator("article header")).to_contain_text("Clientela")
        expect(page.locator("article header time")).to_contain_text(UPDATED[language])
        calm(page, f"help-article-{language}")
        page.close()
    page = open_page(viewport=kit.DESKTOP, locale="en")
    page.goto(f"{live_server.url}/help/shown-as-new/")
    calm(page, "help-article-en")
    expect(page.get_by_label("Something is missing")).to_be_hidden()
    expect(page.get_by_text("What was missing?")).to_be_hidden()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Choose at least one reason.").first).to_be_visible()
    calm(page, "help-why")
    page.get_by_label("Something is missing").check()
    page.get_by_label("Tell us how it could be better").fill("And my two children?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you, that helps.")).to_be_visible()
    calm(page, "help-thanks")
    kept = HelpFeedback.objects.get()
    assert (kept.was_answered, kept.reasons, kept.comment) == (
        False,
        ["incomplete"],
        "And my two children?",
    )
