"""My calendar program reads a secret address: made, renewed and ended by me, told to nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.client.conftest import address

from clientela.accounts.models import Account
from clientela.booking.models import Appointment, CalendarFeed
from clientela.booking.queries.calendar_feed import feed_token
from clientela.people.models import Client as Card
from clientela.platform import logs

PAGE = "/client/calendar"


@pytest.fixture
def feed(signed_in: Client, visit: Appointment, ana: Account) -> str:
    """The path of Ana's feed."""
    signed_in.post(f"{PAGE}/renew")
    return f"/calendar/{feed_token(account=ana)}.ics"


def test_there_is_no_address_before_it_is_asked_for(signed_in: Client, card: Card) -> None:
    text = signed_in.get(PAGE).text
    assert "Make my address" in text
    assert not CalendarFeed.objects.exists()


@pytest.mark.req("S2.1")
def test_the_feed_holds_my_appointments(feed: str, visit: Appointment) -> None:
    answer = Client().get(feed)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:{visit.pk}@" in answer.text
    assert "DTSTART;TZID=Europe/Madrid:20261124T100000" in answer.text


def test_what_has_not_changed_is_not_sent_again(
    feed: str,
    signed_in: Client,
    visit: Appointment,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = Client().get(feed)
    assert first.headers["Cache-Control"] == "private, no-cache"
    with django_assert_num_queries(2):
        again = Client().get(feed, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    signed_in.post(address(visit, "cancel"))
    changed = Client().get(feed, headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "STATUS:CANCELLED" in changed.text


@pytest.mark.req("AUT-12")
def test_a_new_address_kills_the_old_one_at_once(
    feed: str, signed_in: Client, ana: Account
) -> None:
    signed_in.post(f"{PAGE}/renew")
    assert Client().get(feed).status_code == 404
    assert Client().get(f"/calendar/{feed_token(account=ana)}.ics").status_code == 200


@pytest.mark.req("AUT-12")
def test_an_ended_a_mistyped_and_an_unknown_address_look_the_same(
    feed: str, signed_in: Client
) -> None:
    signed_in.post(f"{PAGE}/end")
    wrong = [feed, feed.replace(".ics", "x.ics"), f"/calendar/{'x' * 27}.ics", "/calendar/é.ics"]
    answers = [Client().get(one) for one in wrong]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({answer.text for answer in answers}) == 1
    assert "Make my address" in signed_in.get(PAGE).text


@pytest.mark.req("AUT-12")
def test_the_secret_is_told_to_no_other_site_and_written_into_no_log(
    feed: str,
    signed_in: Client,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    logs.configure(logs.logging_settings(json=True))  # whatever ran before, lines are written
    secret = feed.removeprefix("/calendar/").removesuffix(".ics")
    page = signed_in.get(PAGE)
    outside = [part for part in page.text.split('"') if part.startswith("https://")]
    assert not [link for link in outside if secret in link]
    assert f"webcal://127.0.0.1:8000{feed}" in page.text or "webcal:" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    answer = Client().get(feed)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    written = caplog.text + capfd.readouterr().err
    assert "client:feed" in written
    assert secret not in written


def test_the_feed_takes_no_other_method(feed: str) -> None:
    assert Client().post(feed).status_code == 405
    assert Client().head(feed).status_code == 200
