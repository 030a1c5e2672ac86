"""The chat: guests and people with an account write, read the answers, and nobody reads another's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import user_logged_in
from django.test import Client, RequestFactory
from tests.factories import NOW, make_account, make_business
from tests.platform.test_captcha import proof

from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.captcha import new_riddle
from clientela.support.actions.answer_thread import answer_thread
from clientela.support.actions.open_thread import open_thread
from clientela.support.models import Line, Thread
from clientela.support.queries.threads import lines_of
from clientela.support.thread_links import mail_token
from clientela.web.chat.browser import cookie_name
from clientela.web.chat.limits import LINES_IN_TEN_MINUTES

if TYPE_CHECKING:
    from django.http import HttpResponse

    from clientela.accounts.models import Account

pytestmark = pytest.mark.django_db
OPEN, PAGE, SAY = "/support/chat/", "/support/chat/write/", "/support/chat/write/say/"
AGENT = Actor.staff(None, "support")


def reader(account: Account | None = None, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    if account:
        client.force_login(account)
    return client


def key_in(page: HttpResponse) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def say(client: Client, body: str, **more: str) -> HttpResponse:
    """Open the page, and send its form, with the riddle solved."""
    key = more.pop("key", None) or key_in(client.get(PAGE))
    given = {"body": body, "key": key, "captcha": proof(new_riddle(now=clock.now())), **more}
    return client.post(SAY, given)


def answer(thread: Thread, body: str = "We look into it.") -> None:
    answer_thread(thread=thread, body=body, key="", by=AGENT, now=clock.now())


@pytest.mark.req("S0.17")
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Write to us"), ("es", "Escríbenos"), ("it", "Scrivici")]
)
def test_the_button_opens_the_options_and_one_of_them_is_to_write(
    language: str, words: str
) -> None:
    front = reader(language=language).get("/help/")
    assert OPEN in front.text
    options = reader(language=language).get(OPEN)
    assert f'href="{PAGE}"' in options.text
    assert words in options.text
    assert "/client/two-accounts" in options.text


@pytest.mark.req("S0.17")
def test_a_guest_writes_and_reads_the_answer_in_the_same_browser() -> None:
    make_business("fisio-retiro")
    guest = reader()
    sent = say(guest, "I am shown as new.", at="fisio-retiro", email="ana@example.com", name="Ana")
    assert sent.status_code == 302
    thread = Thread.objects.get()
    assert (thread.email, thread.name, thread.unread) == ("ana@example.com", "Ana", 1)
    assert thread.business is not None
    held = guest.cookies[cookie_name()]
    assert held["httponly"]
    assert held["samesite"] == "Lax"
    assert held.value not in {thread.secret_digest, thread.mail_nonce}
    answer(thread)
    assert "1 new answer" in guest.get(OPEN).text or "new answer" in guest.get(OPEN).text
    assert "We look into it." in guest.get(PAGE).text
    thread.refresh_from_db()
    assert thread.unseen == 0
    assert "We look into it." not in reader().get(PAGE).text


def test_the_same_form_twice_is_one_line() -> None:
    guest = reader()
    key = key_in(guest.get(PAGE))
    assert [say(guest, "Hello", key=key).status_code for _ in range(2)] == [302, 302]
    assert Line.objects.count() == 1


def test_a_guests_first_line_needs_the_riddle_and_no_later_one() -> None:
    guest = reader()
    refused = say(guest, "Buy my pills", captcha="")
    assert refused.status_code == 422
    assert "Buy my pills" in refused.content.decode()
    assert not Thread.objects.exists()
    say(guest, "Hello")
    assert say(guest, "Are you there?", captcha="").status_code == 302
    assert Line.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"body": "  "}, "Write what it is about."),
        ({"body": "Hello", "email": "ana@"}, "This is no email address."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(given: dict[str, str], complaint: str) -> None:
    refused = say(reader(), **given)
    assert refused.status_code == 422
    assert complaint in refused.content.decode()
    assert not Thread.objects.exists()


def test_the_address_of_a_refused_form_opened_again_is_the_conversation() -> None:
    refused = say(reader(), " ")
    assert f'hx-get="{PAGE}"' in refused.content.decode()
    assert reader().get(SAY).headers["Location"] == PAGE


def test_signing_in_takes_the_conversation_along_at_once() -> None:
    ana = make_account()
    browser = reader()
    say(browser, "Before signing in")
    request = RequestFactory().get("/")
    request.session = browser.session
    request.COOKIES[cookie_name()] = browser.cookies[cookie_name()].value
    user_logged_in.send(sender=type(ana), request=request, user=ana)
    assert Thread.objects.get().account == ana


def test_too_much_in_a_short_time_is_refused_and_stays_in_the_form() -> None:
    ana = reader(make_account())
    for number in range(LINES_IN_TEN_MINUTES):
        assert say(ana, f"line {number}").status_code == 302
    refused = say(ana, "one too many")
    assert refused.status_code == 422
    assert "one too many" in refused.content.decode()
    assert Line.objects.count() == LINES_IN_TEN_MINUTES


@pytest.mark.req("S0.17")
def test_a_person_with_an_account_has_one_conversation_wherever_they_sign_in() -> None:
    ana = make_account()
    say(reader(ana), "From the telephone")
    say(reader(ana), "From the desk")
    assert [one.body for one in lines_of(Thread.objects.get(account=ana))] == [
        "From the telephone",
        "From the desk",
    ]
    assert "From the telephone" in reader(ana).get(PAGE).text
    other = reader(make_account("other@example.com"))
    assert "From the telephone" not in other.get(PAGE).text


def test_a_guest_who_signs_in_keeps_the_conversation_and_the_next_guest_does_not_see_it() -> None:
    ana = make_account()
    browser = reader()
    say(browser, "Before signing in")
    browser.force_login(ana)
    say(browser, "After it")
    assert Thread.objects.get().account == ana
    assert "Before signing in" in browser.get(PAGE).text
    browser.logout()
    assert "Before signing in" not in browser.get(PAGE).text


def test_where_the_account_has_a_conversation_both_are_read() -> None:
    ana = make_account()
    say(reader(ana), "As Ana")
    browser = reader()
    say(browser, "As a guest")
    browser.force_login(ana)
    page = browser.get(PAGE).text
    assert "As Ana" in page
    assert "As a guest" in page
    assert Thread.objects.count() == 2


def test_a_script_that_looks_for_answers_gets_the_lines_alone() -> None:
    ana = reader(make_account())
    say(ana, "Hello")
    answer(Thread.objects.get())
    lines = ana.get(PAGE, headers={"HX-Request": "true", "HX-Target": "lines"})
    assert "We look into it." in lines.text
    assert "<form" not in lines.text
    assert lines["Cache-Control"] == "no-store, private"


def test_what_is_said_is_text_and_never_markup() -> None:
    ana = reader(make_account())
    say(ana, '<script>alert(1)</script> https://example.com/?a="b')
    page = ana.get(PAGE).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_mailed_link_opens_its_conversation_and_lets_one_answer_in_it() -> None:
    thread = open_thread(secret="x", email="ana@example.com", language="es", now=NOW)
    Thread.objects.update(last_at=clock.now())
    answer(thread, "Ya está.")
    link = f"/support/chat/by-mail/{mail_token(thread)}/"
    page = reader().get(link)
    assert "Ya está." in page.text
    assert page["Referrer-Policy"] == "same-origin"
    sent = reader().post(link, {"body": "Gracias", "key": key_in(page)})
    assert sent.status_code == 302
    assert [one.body for one in lines_of(thread)] == ["Ya está.", "Gracias"]
    assert cookie_name() not in page.cookies
    over = reader().get(link[:-2] + "/")
    assert over.status_code == 404
    assert "Ya está." not in over.text


def test_who_is_signed_in_is_led_from_the_mailed_link_to_their_own_page() -> None:
    ana = make_account()
    thread = open_thread(account=ana, language="es", now=clock.now())
    link = f"/support/chat/by-mail/{mail_token(thread)}/"
    assert reader(ana).get(link).headers["Location"] == PAGE
    assert reader(make_account("other@example.com")).get(link).status_code == 200


@pytest.mark.parametrize("path", [OPEN, PAGE, "/setup/", "/client/offline"])
def test_the_button_is_not_drawn_where_it_leads_nowhere(path: str) -> None:
    assert "help-fab" not in reader().get(path, follow=True).text
    assert "help-fab" in reader().get("/client/sign-in", follow=True).text


@pytest.mark.parametrize("language", ["es", "it"])
def test_the_pages_are_in_the_readers_language(language: str) -> None:
    page = reader(language=language).get(PAGE).text + reader(language=language).get(OPEN).text
    assert "Your message" not in page
    assert "How can we help" not in page
