"""Continue as who owns the address: a code goes there, and the booking stands on the card of who types it (L15)."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client as Browser
from tests import factories
from tests.web.booking_page.conftest import Page
from tests.web.client.conftest import browser_of
from tests.web.mails import delivered, text_of

from clientela.accounts.actions.ask_sign_up import SignUp
from clientela.accounts.actions.begin_account import begin_account
from clientela.accounts.join_codes import OTHER, OWN, join_code
from clientela.accounts.models import Account, AccountJoin
from clientela.booking.models import Appointment
from clientela.booking.queries.explain_marker import explain_marker
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, ClientLogin
from clientela.catalogue.models import Service
from clientela.people.models import Client, Identifier
from clientela.people.queries.living_cards import living_cards
from clientela.platform.ids import uuid7
from clientela.rules.attribution import Newness

pytestmark = pytest.mark.req("L15")

TUESDAY_TEN = "20261124T0900Z"
ENTER = "/client/login/code/enter"
CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


def ask(page: Page, email: str, **typed: str) -> HttpResponse:
    """Fill the form in, and press *Continue with a code*."""
    details = page.details(start=TUESDAY_TEN)
    return page.client.post(page.url, {**details, "email": email, "then": "code", **typed})


def code_at(email: str) -> str:
    """The last code that reached a mailbox."""
    found = [CODE.match(str(mail["subject"])) for mail in delivered(email)]
    return [one[0] for one in found if one][-1]


def enter(browser: Browser, answer: HttpResponse, code: str) -> HttpResponse:
    """Type a code where the answer leads to."""
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    return browser.post(ENTER, {"code": code, "next": back})


def come_in(page: Page, email: str, **typed: str) -> HttpResponse:
    """The page after the right code."""
    answer = ask(page, email, **typed)
    return page.client.get(enter(page.client, answer, code_at(email)).headers["Location"])


def sent(text: str) -> dict[str, str]:
    """The form as it stands, with the note that is in it."""
    form = text[text.index('id="book"') :]
    note = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", form, re.DOTALL)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return {**hidden, "note": note[1] if note else ""}


def rows_of(*models: type[Model]) -> list[object]:
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def mode(business: Business, login: ClientLogin) -> None:
    set_policy(business=business, client_login=login, by=factories.SYSTEM, now=factories.NOW)


def test_the_owner_of_the_address_books_on_their_own_card_with_all_they_wrote(
    page: Page, service: Service, account: Account, client_card: Client
) -> None:
    before = rows_of(Client, Identifier, Account, Appointment)
    answer = ask(page, "ana@example.com", name="Somebody Else", note="Left knee")
    assert answer.status_code == 302
    assert urlsplit(answer.headers["Location"]).path == ENTER
    assert "ana" not in answer.headers["Location"].replace("ana%40", "@")
    waiting = page.client.get(answer.headers["Location"]).text
    assert "We have mailed a code to <strong>ana@example.com</strong>" in waiting
    assert rows_of(Client, Identifier, Account, Appointment) == before
    back = page.client.get(
        enter(page.client, answer, code_at("ana@example.com")).headers["Location"]
    ).text
    assert "Booking as" in back
    assert "Ana Prueba" in back
    assert "Left knee" in back
    assert f'name="start" value="{TUESDAY_TEN}"' in back
    assert page.client.post(page.url, sent(back)).status_code == 302
    made = Appointment.objects.get()
    assert (made.client_id, made.account_id) == (client_card.pk, account.pk)
    assert made.client_note == "Left knee"
    assert Client.objects.get().record_name == "Ana Prueba"


def test_a_new_address_is_proved_by_the_code_and_its_account_begins_with_it(
    page: Page, service: Service
) -> None:
    answer = ask(page, "luz@example.com", name="Luz  Prueba", note="Left knee")
    mail = delivered("luz@example.com")[-1]
    assert "booking at Fisio Retiro" in text_of(mail)
    assert "tell nobody the code" in text_of(mail)
    assert not Account.objects.filter(email="luz@example.com").exists()
    assert "Wrong" not in enter(page.client, answer, "AAAA-AAAA").text
    assert not Account.objects.filter(email="luz@example.com").exists()
    came = enter(page.client, answer, code_at("luz@example.com"))
    account = Account.objects.get(email="luz@example.com")
    assert (account.name, account.expires_at) == ("Luz Prueba", None)
    assert not account.has_usable_password()
    page.client.post(page.url, sent(page.client.get(came.headers["Location"]).text))
    made = Appointment.objects.get()
    assert (made.account_id, made.client.account_id) == (account.pk, account.pk)
    assert made.client.record_name == "Luz Prueba"


def test_a_phone_written_before_the_code_is_asked_after_it_and_kept(
    page: Page, service: Service
) -> None:
    back = come_in(page, "luz@example.com", phone="+34 600 000 001").text
    assert 'value="+34 600 000 001"' in back
    page.client.post(page.url, {**sent(back), "phone": "+34 600 000 001"})
    assert Account.objects.get(email="luz@example.com").phone == "+34600000001"


def test_only_the_address_is_judged(page: Page, service: Service) -> None:
    wrong = ask(page, "nonsense", name="")
    assert wrong.status_code == 422
    assert wrong.text.count('class="err"') == 1
    assert "Write your name" not in wrong.text
    assert ask(page, "luz@example.com", name="", phone="12").status_code == 302


def test_a_likely_slip_is_asked_about_before_a_code_goes_to_a_stranger(
    page: Page, service: Service
) -> None:
    asked = ask(page, "luz@exmaple.com")
    assert asked.status_code == 422
    assert 'name="code_fix" value="luz@example.com"' in asked.text
    assert "No, luz@exmaple.com is right" in asked.text
    assert not delivered("luz@exmaple.com")
    details = {**page.details(start=TUESDAY_TEN), "email": "luz@exmaple.com"}
    taken = page.client.post(page.url, {**details, "code_fix": "luz@example.com"})
    assert urlsplit(taken.headers["Location"]).path == ENTER
    assert code_at("luz@example.com")
    kept = page.client.post(page.url, {**details, "kept_email": "luz@exmaple.com", "then": "code"})
    assert urlsplit(kept.headers["Location"]).path == ENTER
    assert code_at("luz@exmaple.com")
    assert not Appointment.objects.exists()


def test_declining_leaves_what_was_typed_and_books_separately(
    page: Page, service: Service, account: Account, client_card: Client
) -> None:
    """A couple shares the address: who books under another name is a card of their own."""
    Client.objects.filter(pk=client_card.pk).update(account=account)
    ask(page, "ana@example.com", name="Bruno Prueba", note="Left knee")
    text = page.client.get(page.url, {"start": TUESDAY_TEN}).text
    for typed in ("Bruno Prueba", "ana@example.com", "Left knee"):
        assert typed in text
    card = Client.objects.values().get(pk=client_card.pk)
    page.client.post(page.url, {**sent(text), "name": "Bruno Prueba", "email": "ana@example.com"})
    made = Appointment.objects.get()
    assert made.client_id != client_card.pk
    assert (made.client.record_name, made.client.account_id) == ("Bruno Prueba", None)
    assert Client.objects.values().get(pk=client_card.pk) == card


def test_five_wrong_codes_lead_back_to_the_form_which_says_so_and_has_kept_all(
    page: Page, service: Service, account: Account
) -> None:
    answer = ask(page, "ana@example.com", note="Left knee")
    right = code_at("ana@example.com")
    answers = [enter(page.client, answer, "AAAA-AAAA") for _ in range(5)]
    assert [one.status_code for one in answers] == [200] * 4 + [302]
    assert answers[-1].headers["Location"].startswith(page.url)
    text = page.client.get(answers[-1].headers["Location"]).text
    assert "That code is void" in text
    assert "Left knee" in text
    late = page.client.post(ENTER, {"code": right})
    assert late.status_code == 302
    assert "_auth_user_id" not in page.client.session
    with time_machine.travel(factories.NOW + timedelta(minutes=1), tick=False):
        again = ask(page, "ana@example.com")
        assert "That code is void" not in page.client.get(page.url).text
        enter(page.client, again, code_at("ana@example.com"))
    assert page.client.session["_auth_user_id"] == str(account.pk)


def test_after_a_quarter_of_an_hour_the_code_is_void(
    page: Page, service: Service, account: Account
) -> None:
    answer = ask(page, "ana@example.com")
    right = code_at("ana@example.com")
    with time_machine.travel(factories.NOW + timedelta(minutes=16), tick=False):
        back = enter(page.client, answer, right)
        assert back.headers["Location"].startswith(page.url)
        assert "That code is void" in page.client.get(back.headers["Location"]).text
    assert "_auth_user_id" not in page.client.session


def test_the_sixth_code_within_the_hour_is_not_sent_and_the_form_stays(
    page: Page, service: Service
) -> None:
    answers = [ask(page, "luz@example.com", note="Left knee") for _ in range(6)]
    assert [one.status_code for one in answers] == [302] * 5 + [429]
    assert "Several codes went to this address already" in answers[-1].text
    assert "Left knee" in answers[-1].text


def test_where_clients_have_no_log_in_there_is_no_code_and_nothing_is_booked_by_surprise(
    page: Page, service: Service, business: Business
) -> None:
    details = {**page.details(start=TUESDAY_TEN), "then": "code", "note": "Left knee"}
    assert 'value="code"' in page.client.get(page.url).text
    mode(business, ClientLogin.OFF)
    answer = page.client.post(page.url, details)
    assert answer.headers["Location"].startswith(page.url)
    text = page.client.get(answer.headers["Location"]).text
    assert 'value="code"' not in text
    assert "Left knee" in text
    assert not Appointment.objects.exists()
    assert not delivered("luz@example.com")


def test_who_signed_in_meanwhile_needs_no_code(
    page: Page, service: Service, account: Account
) -> None:
    details = {**page.details(start=TUESDAY_TEN), "then": "code"}
    page.client.force_login(account)
    answer = page.client.post(page.url, details)
    assert answer.headers["Location"].startswith(page.url)
    assert not delivered("luz@example.com")


def test_what_a_stranger_set_up_with_the_address_is_gone_once_its_owner_types_the_code(
    page: Page, service: Service
) -> None:
    """Pre-hijack: an account was begun with the victim's address; the code proves it and empties it."""
    wish = SignUp(str(uuid7()), "luz@example.com", "Mallory", "sha1$x$y", "en", "", "")
    begun = begin_account(wish=wish, now=factories.NOW)
    come_in(page, "luz@example.com")
    begun.refresh_from_db()
    assert begun.expires_at is None
    assert not begun.has_usable_password()
    assert page.client.session["_auth_user_id"] == str(begun.pk)


@pytest.mark.parametrize("days", [0, 8], ids=["while the code waits", "expired long ago"])
def test_an_account_begun_around_it_does_not_shut_the_owner_out(
    page: Page, service: Service, days: int
) -> None:
    """Between the mail and the code, or a week before and never proved: one account stands, and it is the owner's."""
    wish = SignUp(str(uuid7()), "luz@example.com", "Mallory", "sha1$x$y", "en", "", "")
    if days:
        begin_account(wish=wish, now=factories.NOW - timedelta(days=days))
    answer = ask(page, "luz@example.com")
    if not days:
        begin_account(wish=wish, now=factories.NOW)
    enter(page.client, answer, code_at("luz@example.com"))
    account = Account.objects.get(email="luz@example.com")
    assert not account.has_usable_password()
    assert page.client.session["_auth_user_id"] == str(account.pk)


def test_a_closed_account_is_told_to_its_mailbox_only(
    page: Page, service: Service, account: Account
) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)
    answer = ask(page, "ana@example.com")
    assert urlsplit(answer.headers["Location"]).path == ENTER
    assert enter(page.client, answer, "AAAA-AAAA").status_code == 200
    closed = enter(page.client, answer, code_at("ana@example.com"))
    assert closed.headers["Location"] == "/client/login/closed"
    assert "_auth_user_id" not in page.client.session


@pytest.mark.req("S0.21", "S0.2", "S0.4", "S0.7")
def test_after_two_accounts_are_one_either_address_books_as_returning_on_the_one_card(
    page: Page, service: Service, account: Account, business: Business
) -> None:
    """She booked with each of her addresses, joined them, and comes back as a guest by the one and by the other."""
    old = factories.make_account("ana.old@example.com", "Ana Prueba")
    EmailAddress.objects.create(user=old, email=old.email, verified=True, primary=True)
    starts = iter(f"202611{day}T0900Z" for day in (24, 25, 26, 27))
    for email in (account.email, old.email):
        made = book_by_code(Page(Browser(), business), email, start=next(starts))
        assert (
            marker(made) == Newness.NEW
        )  # two accounts are two people, until somebody says otherwise
    join_two(account, other=old.email)
    for email in (account.email, old.email):
        browser = Browser()
        made = book_by_code(Page(browser, business), email, start=next(starts))
        assert browser.session["_auth_user_id"] == str(account.pk)
        assert (made.account_id, marker(made)) == (account.pk, Newness.RETURNING)
    (card,) = living_cards().all()
    assert card.account_id == account.pk
    assert {one.client_id for one in Appointment.objects.all()} == {card.pk}


def book_by_code(page: Page, email: str, *, start: str) -> Appointment:
    """As a guest who has a code sent, types it, and books."""
    before = set(Appointment.objects.values_list("pk", flat=True))
    back = come_in(page, email, start=start)
    page.client.post(page.url, sent(back.text))
    return Appointment.objects.exclude(pk__in=before).get()


def marker(made: Appointment) -> str:
    delivered("nobody@example.com")  # the worker comes round
    explained = explain_marker(made)
    assert explained is not None
    return explained.row.value


def join_two(account: Account, *, other: str) -> None:
    """By the pages, with both mailed codes."""
    browser = browser_of(account)
    browser.post("/client/two-accounts/ask", {"email": other})
    join = AccountJoin.objects.get()
    for purpose, nonce in ((OWN, join.own_nonce), (OTHER, join.other_nonce)):
        code = join_code(purpose=purpose, nonce=nonce)
        browser.post("/client/two-accounts/confirm", {"code": code})
    join.refresh_from_db()
    assert join.joined_at is not None
