"""The link that ends messages: made of nothing stored, and of no use for anything else."""

from __future__ import annotations

import pytest

from clientela.booking import events
from clientela.business.models import Business
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import SimulatedMail
from clientela.notify.stop_link import client_of_stop_link, stop_token, stop_url
from clientela.people.models import Client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other(client_card):
    return Client.objects.create(
        business=client_card.business, record_name="Eva", created_at=client_card.created_at
    )


@pytest.mark.req("S1.47")
def test_the_link_leads_to_its_card_and_to_no_other(business, client_card, other):
    assert client_of_stop_link(business=business, token=stop_token(client_card)) == client_card
    assert client_of_stop_link(business=business, token=stop_token(other)) == other
    assert stop_url(client_card).endswith(f"/fisio/messages/{stop_token(client_card)}/")


def test_a_token_that_was_put_together_from_two_opens_nothing(business, client_card, other):
    mixed = stop_token(client_card)[:22] + stop_token(other)[22:]
    assert client_of_stop_link(business=business, token=mixed) is None


@pytest.mark.parametrize("token", ["", "x", "é" * 49, "A" * 49, "A" * 5000, "====" * 12, "-" * 22])
def test_nonsense_opens_nothing(business, client_card, token):
    assert client_of_stop_link(business=business, token=token) is None


def test_the_business_next_door_does_not_know_the_link(client_card, now):
    next_door = Business.objects.create(slug="next", name="Next", created_at=now)
    assert client_of_stop_link(business=next_door, token=stop_token(client_card)) is None


def test_a_card_that_was_taken_up_leads_to_the_one_that_took_it(business, client_card, other, now):
    token = stop_token(other)
    other.merged_into, other.merged_at = client_card, now
    other.save()
    assert client_of_stop_link(business=business, token=token) == client_card


def test_an_erased_card_is_not_found(business, client_card, now):
    token = stop_token(client_card)
    client_card.erased_at = now
    client_card.save()
    assert client_of_stop_link(business=business, token=token) is None


def test_the_link_survives_a_new_secret_key(business, client_card, settings):
    token = stop_token(client_card)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of this test " + "y" * 40
    assert client_of_stop_link(business=business, token=token) == client_card
    settings.SECRET_KEY_FALLBACKS = []
    assert client_of_stop_link(business=business, token=token) is None


@pytest.mark.req("S1.47")
@pytest.mark.parametrize(
    ("url", "has_header"), [("https://here.example", True), ("http://x", False)]
)
def test_every_mail_to_a_client_carries_the_link_and_over_https_the_one_press_header(
    appointment, client_card, tell, now, settings, url, has_header
):
    settings.PUBLIC_URL = url
    tell(events.AppointmentBooked, appointment)
    send_due(now=now)
    mails = {one.address: bytes(one.source) for one in SimulatedMail.objects.all()}
    own = mails["ana@example.com"]
    assert (b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in own) is has_header
    token = stop_token(client_card)
    parsed = _parsed(own)
    assert (f"<{url}/fisio/messages/{token}/>" == parsed["List-Unsubscribe"]) is has_header
    for kind in ("plain", "html"):
        assert f"/fisio/messages/{token}/" in parsed.get_body((kind,)).get_content()
    assert token.encode() not in mails["irene@example.org"]


def _parsed(source: bytes):
    import email  # noqa: PLC0415 -- one use
    from email.policy import default  # noqa: PLC0415 -- one use

    return email.message_from_bytes(source, policy=default)
