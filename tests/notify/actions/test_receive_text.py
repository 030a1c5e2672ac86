"""A text comes in: kept once, linked to who it is, and STOP and START obeyed in that very moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW
from tests.notify.texting import (
    ANA,
    LUZ,
    make_gateway,
    make_texting_client,
    shown,
    trouble,
    work,
    writes,
)

from clientela.business.models import Business
from clientela.conversations.models import Conversation, Entry
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.receive_text import receive_text
from clientela.notify.channels.sms.registry import Secrets
from clientela.notify.models import AddressEvent, DirectText, SenderKind, TextGateway
from clientela.notify.queries.address_states import troubles_of
from clientela.people.models import Client, Consent, Identifier, NotifyBy
from clientela.platform import failpoints
from clientela.rules.stop_words import Keyword

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(business: Business) -> TextGateway:
    return make_gateway(business)


@pytest.fixture
def ana(business: Business) -> Client:
    return make_texting_client(business)


@pytest.mark.req("S4.13")
def test_a_text_stands_unread_in_the_thread_of_the_card_that_has_the_number(
    gateway: TextGateway, ana: Client
) -> None:
    entry = writes(gateway, "Llego diez minutos tarde 🙂")
    assert (entry.body, entry.direction, entry.keyword) == ("Llego diez minutos tarde 🙂", "in", "")
    thread = Conversation.objects.get()
    assert (thread.client, thread.unread, thread.address) == (ana, 1, ANA)
    writes(gateway, "Ya estoy")
    thread.refresh_from_db()
    assert (thread.unread, thread.entries.count()) == (2, 2)
    assert not DirectText.objects.exists()


def test_the_same_delivery_twice_is_one_entry_and_its_word_counts_once(
    gateway: TextGateway, ana: Client
) -> None:
    assert writes(gateway, "STOP", key="SM1") is not None
    assert writes(gateway, "STOP", key="SM1") is None
    assert (Entry.objects.count(), AddressEvent.objects.count(), DirectText.objects.count()) == (
        1,
        1,
        1,
    )


def test_a_number_that_two_cards_share_or_nobody_has_is_linked_to_nobody(
    gateway: TextGateway, ana: Client, business: Business
) -> None:
    make_texting_client(business, "Madre de Ana")
    assert writes(gateway, "Hola").conversation.client is None
    assert writes(gateway, "Hola", number=LUZ).conversation.client is None
    # Written down since: the next text finds it.
    luz = make_texting_client(business, "Luz", LUZ)
    assert writes(gateway, "Otra vez", number=LUZ).conversation.client == luz


@pytest.mark.req("S4.11", "S4.12", "MSG-11")
@pytest.mark.parametrize(
    ("stop", "start"), [("STOP", "START"), ("Baja, por favor", "ALTA"), ("ferma", "avvia")]
)
def test_stop_closes_the_number_at_once_start_opens_it_and_each_is_confirmed_once(
    gateway: TextGateway, ana: Client, stop: str, start: str
) -> None:
    writes(gateway, stop)
    assert trouble() == "stopped"
    writes(gateway, stop)
    work()
    writes(gateway, start, now=NOW + timedelta(minutes=1))
    assert trouble() == ""
    work(NOW + timedelta(minutes=1))
    assert [one.split(":")[0] for one in shown()] == ["Fisio Norte", "Fisio Norte"]
    assert "START" in shown()[0]
    assert "STOP" in shown()[1]
    events = AddressEvent.objects.order_by("at")
    assert [(one.trouble, one.because, one.detail) for one in events] == [
        ("stopped", "keyword", "stop"),
        ("", "keyword", "start"),
    ]


def test_what_the_person_said_is_kept_with_the_card_and_what_they_had_chosen_stays(
    gateway: TextGateway, ana: Client
) -> None:
    Client.objects.update(notify_by=NotifyBy.EMAIL_AND_SMS)
    writes(gateway, "STOP")
    writes(gateway, "START", now=NOW + timedelta(minutes=1))
    said = Consent.objects.filter(how="keyword").order_by("at")
    assert [one.notify_by for one in said] == ["email", "email_and_sms"]
    ana.refresh_from_db()
    assert ana.notify_by == NotifyBy.EMAIL_AND_SMS


def test_who_wants_nothing_at_all_is_not_said_to_want_mail(
    gateway: TextGateway, ana: Client
) -> None:
    Client.objects.update(notify_by=NotifyBy.NONE)
    writes(gateway, "STOP")
    assert Consent.objects.get(how="keyword").notify_by == NotifyBy.NONE


def test_a_lone_cancel_is_shown_to_the_staff_and_stops_nothing(
    gateway: TextGateway, ana: Client
) -> None:
    assert writes(gateway, "Cancelar").keyword == Keyword.CANCEL
    assert (trouble(), DirectText.objects.count()) == ("", 0)


def test_what_the_gateway_took_for_an_opt_out_is_mirrored_whatever_the_words(
    gateway: TextGateway, ana: Client
) -> None:

    receive_text(
        gateway=gateway, number=ANA, body="cancel", key="x", took_for=Keyword.STOP, now=NOW
    )
    assert trouble() == "stopped"


def test_a_gateway_that_confirms_by_itself_is_not_doubled(business: Business, ana: Client) -> None:

    twilio = make_gateway(
        business, gateway="twilio", account="AC1", sealed=Secrets(token="t").sealed()
    )
    writes(twilio, "STOP")
    assert (trouble(), DirectText.objects.count()) == ("stopped", 0)


def test_under_a_name_that_nobody_can_answer_nothing_is_promised(
    business: Business, ana: Client
) -> None:
    writes(make_gateway(business, sender="FISIO", sender_kind=SenderKind.NAME), "STOP")
    assert (trouble(), DirectText.objects.count()) == ("stopped", 0)


def test_help_is_answered_with_the_number_to_call_three_times_a_day(
    gateway: TextGateway, ana: Client
) -> None:
    for _ in range(5):
        writes(gateway, "AYUDA")
    work()
    assert len(shown()) == 3
    assert "+34 910 000 000" in shown()[0]


def test_start_opens_whatever_closed_the_number_for_who_texts_can_be_texted(
    gateway: TextGateway, ana: Client, business: Business
) -> None:

    change_address_state(
        business_id=business.pk,
        channel="sms",
        address=ANA,
        trouble="landline",
        because="receipt",
        now=NOW,
    )
    writes(gateway, "START", now=NOW + timedelta(minutes=1))
    assert trouble() == ""


def test_a_business_next_door_goes_on_texting_whom_another_may_not(
    gateway: TextGateway, ana: Client
) -> None:
    other = Business.objects.create(
        slug="otra", name="Otra", language="es", currency="EUR", created_at=NOW
    )
    theirs = make_gateway(other)
    writes(gateway, "STOP")
    writes(theirs, "Hola")
    assert set(Conversation.objects.values_list("business__slug", "unread")) == {
        ("fisio", 1),
        ("otra", 1),
    }

    assert troubles_of(business_id=other.pk, pairs=[("sms", ANA)]) == {}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x" * 8000,
        "🙂" * 4000,
        "a\x00b\x01\x02",
        "\ud800 lone",
        "\u202egnitirw denrut",
        "é́́́" * 900,
        "\r\n\r\n",
    ],
)
def test_whatever_stands_in_a_text_is_kept_and_harmless(
    gateway: TextGateway, ana: Client, body: str
) -> None:
    entry = writes(gateway, body)
    entry.refresh_from_db()
    assert len(entry.body) <= 1600
    assert not set(entry.body) & {"\x00", "\x01", "\ud800", "\u202e"}


@pytest.mark.parametrize(
    "number", ["", "VODAFONE", "22000", "34612345678", "+" * 90, "\x00", "00 34 612"]
)
def test_whoever_it_comes_from_there_is_a_thread(gateway: TextGateway, number: str) -> None:
    entry = writes(gateway, "STOP", number=number)
    assert entry.conversation.address
    assert len(entry.conversation.address) <= 40


def test_a_number_without_its_plus_is_the_same_number(gateway: TextGateway, ana: Client) -> None:
    assert writes(gateway, "Hola", number="34 612 345 678").conversation.client == ana


@pytest.mark.parametrize("place", ["notify.text-in.kept", "notify.text-in.before-commit"])
def test_what_breaks_off_leaves_nothing_and_the_carrier_brings_it_again(
    gateway: TextGateway, ana: Client, place: str
) -> None:
    failpoints.arm(f"{place}=raise")
    try:
        with pytest.raises(failpoints.FailpointError):
            writes(gateway, "STOP", key="SM9")
    finally:
        failpoints.arm("")
    assert (Entry.objects.count(), trouble()) == (0, "")
    assert writes(gateway, "STOP", key="SM9") is not None
    assert trouble() == "stopped"


def test_a_card_that_was_erased_is_nobodys_number(gateway: TextGateway, ana: Client) -> None:
    Client.objects.update(erased_at=NOW)
    assert Identifier.objects.filter(value=ANA).exists()
    assert writes(gateway, "Hola").conversation.client is None
