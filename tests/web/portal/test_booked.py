"""Right after booking: a guest is invited to create an account, who is signed in is shown where their list is."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests import factories

from clientela.booking.actions.book import Booked
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, ClientLogin


@pytest.fixture
def done(path: str) -> str:
    """The address of the page right after booking."""
    return path.replace("/a/", "/booked/")


@pytest.mark.req("S2.3")
def test_a_guest_is_invited_with_the_booking_in_the_link(
    visitor: Client, booked: Booked, done: str
) -> None:
    text = visitor.get(done).text
    found = re.search(r'href="(/client/create-account\?booking=[^"]*)"', text)
    assert found is not None
    assert parse_qs(urlsplit(unescape(found[1])).query) == {
        "booking": [booked.link_token],
        "business": ["fisio-retiro"],
    }
    assert "Keep your appointments together" in text
    assert text.index('class="slip') < text.index("Keep your appointments together")


def test_the_ways_in_at_the_top_do_not_carry_the_links_secret(
    visitor: Client, booked: Booked, done: str
) -> None:
    links = re.findall(r'href="(/client/login[^"]*)"', visitor.get(done).text)
    assert len(links) == 2
    assert all(booked.link_token not in link for link in links)


def test_who_is_signed_in_is_not_invited_but_shown_their_list(visitor: Client, done: str) -> None:
    visitor.force_login(factories.make_account("luz@example.com", "Luz Prueba"))
    text = visitor.get(done).text
    assert "/client/create-account" not in text
    assert "It is in your account, with all your other appointments." in text
    assert "account-menu" in text


def test_where_clients_have_no_log_in_nobody_is_invited(
    visitor: Client, done: str, business: Business
) -> None:
    set_policy(
        business=business, client_login=ClientLogin.OFF, by=factories.SYSTEM, now=factories.NOW
    )
    text = visitor.get(done).text
    assert "/client/" not in text
