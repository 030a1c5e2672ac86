"""Where the booking page offers the account: to guests a way in that brings them back, to who is in their initials."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests import factories
from tests.web.booking_page.conftest import Page

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, ClientLogin
from clientela.catalogue.models import Service

TUESDAY_TEN = "20261124T0900Z"
SIGN_IN = "/client/login"
JOIN = "/client/create-account"


def mode(business: Business, login: ClientLogin) -> None:
    """Set *Client login*."""
    set_policy(business=business, client_login=login, by=factories.SYSTEM, now=factories.NOW)


def ways(text: str, path: str) -> list[str]:
    """Where the links to `path` lead back to."""
    found = re.findall(rf'href="({re.escape(path)}\?[^"]*)"', text)
    return [parse_qs(urlsplit(unescape(url)).query)["next"][0] for url in found]


@pytest.mark.req("S2.2")
@pytest.mark.req("S3.1")
def test_sign_in_stands_before_book_in_the_header_the_menu_and_the_welcome(
    page: Page, service: Service
) -> None:
    text = page.client.get(page.url, {"start": TUESDAY_TEN}).text
    assert len(ways(text, SIGN_IN)) == 3  # left menu, header, welcome strip
    assert len(ways(text, JOIN)) == 1
    last = max(match.start() for match in re.finditer(re.escape(f'href="{SIGN_IN}'), text))
    assert last < text.index(">Book</button>")


def test_signing_in_leads_back_to_the_chosen_time(page: Page, service: Service) -> None:
    text = page.client.get(page.url, {"start": TUESDAY_TEN, "zone": "Europe/Rome"}).text
    back = ways(text, SIGN_IN)[0]
    assert back == f"{page.url}?start={TUESDAY_TEN}&zone=Europe%2FRome#details"
    assert f'name="start" value="{TUESDAY_TEN}"' in page.client.get(back).text


@pytest.mark.req("S3.10")
def test_off_offers_no_log_in_to_anybody(
    page: Page, service: Service, business: Business, account: Account
) -> None:
    mode(business, ClientLogin.OFF)
    for _ in range(2):
        text = page.client.get(page.url, {"start": TUESDAY_TEN}).text
        assert SIGN_IN not in text
        assert JOIN not in text
        assert "account-menu" not in text
        assert 'name="email"' in text
        page.client.force_login(account)


@pytest.mark.req("S3.20")
def test_who_is_signed_in_sees_their_initials_and_no_way_in(
    page: Page, service: Service, account: Account
) -> None:
    page.client.force_login(account)
    text = page.client.get(page.url).text
    assert "account-menu" in text
    assert ">AP<" in text
    assert SIGN_IN not in text
    assert "Been here before" not in text


@pytest.mark.req("S2.11")
def test_the_first_page_of_an_installation_lets_people_in_as_well(
    visitor: Client, business: Business, next_door: Business, account: Account
) -> None:
    text = visitor.get("/").text
    assert len(ways(text, SIGN_IN)) == 3
    visitor.force_login(account)
    assert SIGN_IN not in visitor.get("/").text


@pytest.mark.req("S3.11")
@pytest.mark.req("L15")
@pytest.mark.parametrize("known", [True, False])
def test_a_guest_who_signs_in_half_way_keeps_what_they_wrote(
    page: Page, service: Service, account: Account, known: bool
) -> None:
    typed = {
        **page.details(start=TUESDAY_TEN),
        "email": account.email if known else "nobody@example.com",
        "note": "Left knee",
        "then": "sign-in",
    }
    answer = page.client.post(page.url, typed)
    assert answer.status_code == 302
    assert urlsplit(answer.headers["Location"]).path == SIGN_IN
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    assert TUESDAY_TEN in back
    assert "luz" not in answer.headers["Location"]  # nothing that was written goes into an address
    assert not Appointment.objects.exists()
    page.client.force_login(account)
    assert "Left knee" in page.client.get(back).text


def test_what_was_written_at_one_business_is_not_shown_at_another(
    page: Page, service: Service, next_door: Business
) -> None:
    page.client.post(
        page.url, {**page.details(start=TUESDAY_TEN), "note": "Left knee", "then": "sign-in"}
    )
    assert "Left knee" in page.client.get(page.url).text
    assert "Left knee" not in page.client.get(f"/{next_door.slug}/").text


@pytest.mark.req("S3.13")
def test_required_asks_to_sign_in_or_create_an_account_after_the_time_is_chosen(
    page: Page, service: Service, business: Business
) -> None:
    mode(business, ClientLogin.REQUIRED)
    text = page.client.get(page.url, {"start": TUESDAY_TEN}).text
    assert "Sign in to book" in text
    assert "takes bookings from people with an account" in text
    assert 'name="email"' not in text
    for then, path in (("sign-in", SIGN_IN), ("create-account", JOIN)):
        assert f'name="then" value="{then}"' in text
        answer = page.client.post(page.url, {**page.form(start=TUESDAY_TEN), "then": then})
        assert urlsplit(answer.headers["Location"]).path == path
        assert TUESDAY_TEN in answer.headers["Location"]


@pytest.mark.req("S3.12")
def test_required_refuses_a_guests_form_and_loses_nothing(
    page: Page, service: Service, business: Business
) -> None:
    details = {**page.details(start=TUESDAY_TEN), "note": "Left knee"}
    mode(business, ClientLogin.REQUIRED)
    answer = page.client.post(page.url, details)
    assert answer.status_code == 422
    assert "You need to sign in to book this." in answer.text
    assert "Left knee" in answer.text
    assert f'name="start" value="{TUESDAY_TEN}"' in answer.text
    assert not Appointment.objects.exists()
