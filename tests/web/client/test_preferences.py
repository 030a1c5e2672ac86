"""What I choose for each business: by what, a word after the visit, quiet hours; and what it says of my number."""

from __future__ import annotations

from hashlib import sha256

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from tests.factories import NOW
from tests.web.client.conftest import browser_of, card_of

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.make_push_keys import make_push_keys
from clientela.notify.models import (
    GatewayName,
    PushDevice,
    SenderKind,
    TextGateway,
    Trouble,
)
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.consent_text import VERSION
from clientela.people.models import Client as Card
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope, system_scope
from clientela.web.client.consent_words import WORDS

MESSAGES, DEVICES = "/client/messages", "/client/messages/devices/"
NUMBER = "+34612345678"


@pytest.fixture
def gateway(business: Business) -> TextGateway:
    """Fisio Retiro sends texts, from a number that can be answered."""
    with business_scope(business.pk):
        return TextGateway.objects.create(
            business=business,
            gateway=GatewayName.SIMULATOR,
            sender="+34600000001",
            sender_kind=SenderKind.LONG_NUMBER,
            currency="EUR",
            countries=["ES"],
            created_at=NOW,
        )


@pytest.fixture
def mobile(card: Card) -> str:
    """Her number stands on the card."""
    with business_scope(card.business_id):
        add_identifier(client=card, phone=NUMBER, by=Actor.system("tests"), now=NOW)
    return NUMBER


def fresh(card: Card) -> Card:
    with system_scope("tests read what was kept"):
        return Card.objects.get(pk=card.pk)


def answers(card: Card, **said: str) -> dict[str, str]:
    return {"card": str(card.pk), "notify_by": "email", "quiet": "business", **said}


@pytest.mark.req("S4.25")
def test_texts_are_offered_where_they_are_sent_with_the_number_they_go_to(
    signed_in: Client, card: Card, gateway: TextGateway, mobile: str
) -> None:
    text = signed_in.get(MESSAGES).text
    assert text.count('name="notify_by"') == 3
    assert "+34 612 34 56 78" in text
    assert "ana@example.com" in text
    signed_in.post(MESSAGES, answers(card, notify_by="email_and_sms", wants_follow_up="on"))
    assert (fresh(card).notify_by, fresh(card).wants_follow_up) == ("email_and_sms", True)


def test_texts_that_nobody_sends_cannot_be_chosen(signed_in: Client, card: Card) -> None:
    assert signed_in.post(MESSAGES, answers(card, notify_by="email_and_sms")).status_code == 422
    assert fresh(card).notify_by == "email"


def test_who_chose_texts_keeps_that_answer_when_they_end(signed_in: Client, card: Card) -> None:
    with business_scope(card.business_id):
        Card.objects.filter(pk=card.pk).update(notify_by="email_and_sms")
    assert signed_in.get(MESSAGES).text.count('name="notify_by"') == 3


def test_without_a_number_it_says_where_to_write_one(
    signed_in: Client, card: Card, gateway: TextGateway
) -> None:
    text = signed_in.get(MESSAGES).text
    assert "For texts we need your mobile number." in text


@pytest.mark.req("S4.11", "S4.12")
def test_who_stopped_by_a_text_reads_how_texts_come_back(
    signed_in: Client, card: Card, gateway: TextGateway, mobile: str
) -> None:
    with business_scope(card.business_id):
        change_address_state(
            business_id=card.business_id,
            channel="sms",
            address=mobile,
            trouble=Trouble.STOPPED,
            because="keyword",
            detail="STOP",
            now=NOW,
        )
    text = signed_in.get(MESSAGES).text
    assert "No texts reach +34 612 34 56 78" in text
    assert "send START to +34 600 00 00 01" in text
    assert 'href="sms:+34600000001?body=START"' in text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"quiet": "own", "quiet_from": "22:30", "quiet_until": "07:00"}, (1350, 420)),
        ({"quiet": "never"}, (0, 0)),
        ({"quiet": "business", "quiet_from": "22:30", "quiet_until": "07:00"}, (None, None)),
    ],
)
def test_quiet_hours_are_mine_or_the_businesses_or_none(
    signed_in: Client, card: Card, said: dict[str, str], kept: tuple[int | None, int | None]
) -> None:
    assert signed_in.post(MESSAGES, answers(card, **said)).status_code == 302
    after = fresh(card)
    assert (after.quiet_from_minute, after.quiet_until_minute) == kept


def test_half_a_stretch_is_asked_for_and_changes_nothing(signed_in: Client, card: Card) -> None:
    said = answers(card, notify_by="none", quiet="own", quiet_from="22:00")
    answer = signed_in.post(MESSAGES, said)
    assert answer.status_code == 422
    assert "Write a time, as in 22:00." in answer.text
    assert fresh(card).notify_by == "email"


def test_what_i_said_is_shown_with_its_occasion_and_its_words(
    signed_in: Client, card: Card
) -> None:
    signed_in.post(MESSAGES, answers(card, notify_by="none"))
    text = signed_in.get(MESSAGES).text
    assert "About appointments: nothing" in text
    assert "on this page" in text
    assert str(WORDS[VERSION])[:60] in text


def test_the_words_of_every_version_that_was_on_a_screen_are_kept() -> None:
    """Whoever changes what stands on the screens gives it a new version; a former one never changes."""
    kept = {
        version: sha256(str(words).encode()).hexdigest()[:12] for version, words in WORDS.items()
    }
    assert kept == {"2026-11": "bff3bab9de94", "2026-11.2": "cb74465606be"}
    assert max(kept) == VERSION


def test_the_page_asks_no_more_for_three_businesses_than_for_one(
    signed_in: Client,
    card: Card,
    gateway: TextGateway,
    next_door: Business,
    ana: Account,
    django_assert_max_num_queries: object,
) -> None:
    card_of(next_door, ana)
    signed_in.get(MESSAGES)
    with django_assert_max_num_queries(16) as asked:  # type: ignore[operator]  # pytest-django's own
        signed_in.get(MESSAGES)
    assert len(asked) >= 8, [one["sql"][:90] for one in asked.captured_queries]


# --- notices on devices -----------------------------------------------------------------------------


@pytest.fixture
def keys(db: None) -> None:
    """The installation's pair."""
    make_push_keys(now=NOW)


def test_before_the_keys_are_made_notices_are_not_offered(signed_in: Client, card: Card) -> None:
    assert "data-push" not in signed_in.get(MESSAGES).text


def test_a_device_is_put_on_the_list_marked_and_taken_off(
    signed_in: Client, card: Card, keys: None
) -> None:
    answer = signed_in.post(DEVICES, {}, follow=True, headers={"user-agent": "Firefox Android"})
    assert "This device shows notices from now on." in answer.text
    assert "Firefox on Android" in answer.text
    assert "This one" in answer.text
    device = PushDevice.objects.get()
    assert f'value="{device.pk}"' in answer.text
    off = signed_in.post(DEVICES, {"remove": str(device.pk)}, follow=True)
    assert "This device shows no notices any more." in off.text
    assert not PushDevice.objects.exists()


def test_a_device_that_cannot_be_used_is_refused_in_words(
    signed_in: Client, card: Card, keys: None
) -> None:
    said = {"endpoint": "https://10.0.0.1/x", "p256dh": "x", "auth": "y"}
    answer = signed_in.post(DEVICES, said, follow=True)
    assert "Notices for this browser go by a service that is not known here." in answer.text
    assert "Nothing was changed." in answer.text
    assert not PushDevice.objects.exists()


def test_nobody_takes_somebody_elses_device_off(
    signed_in: Client, card: Card, keys: None, other: Account
) -> None:
    signed_in.post(DEVICES, {})
    theirs = PushDevice.objects.get()
    browser_of(other).post(DEVICES, {"remove": str(theirs.pk)})
    assert PushDevice.objects.filter(pk=theirs.pk).exists()
    assert signed_in.post(DEVICES, {"remove": "x"}).status_code == 404


def test_signing_out_forgets_the_device(signed_in: Client, card: Card, keys: None) -> None:
    signed_in.post(DEVICES, {})
    signed_in.post("/client/logout")
    assert not PushDevice.objects.exists()


def test_signing_out_elsewhere_forgets_the_devices_elsewhere(
    signed_in: Client, card: Card, keys: None, ana: Account
) -> None:
    here, there = signed_in, browser_of(ana)
    here.post(DEVICES, {})
    mine = PushDevice.objects.get()
    there.post(DEVICES, {})
    assert PushDevice.objects.count() == 2
    here.post("/client/security/sessions/", {"others": "1"})
    assert list(PushDevice.objects.all()) == [mine]


def test_ending_one_session_forgets_its_device_alone(
    signed_in: Client, card: Card, keys: None, ana: Account
) -> None:
    signed_in.post(DEVICES, {})
    mine = PushDevice.objects.get()
    browser_of(ana).post(DEVICES, {})
    theirs = UserSession.objects.exclude(session_key=signed_in.session.session_key).get()
    signed_in.post("/client/security/sessions/", {"end": str(theirs.pk)})
    assert list(PushDevice.objects.all()) == [mine]
