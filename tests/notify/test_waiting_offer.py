"""A freed time is told like everything else: a row for each way, decided again when it leaves, with a way off the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from tests import factories
from tests.booking.waiting import TEN, cancelled, minutes, waits
from tests.factories import GUEST, NOW, STAFF, at, book, make_guest
from tests.notify.texting import make_gateway

from clientela.booking.actions.leave_waiting_list import leave_waiting_list
from clientela.booking.events import FreedTimeOffered
from clientela.booking.guest import Guest
from clientela.booking.models import WaitingEntry, WaitingOffer
from clientela.booking.waiting_links import offer_url, wait_url
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.notify.handlers import tell_waiting
from clientela.notify.letter import write_letter
from clientela.notify.models import (
    Message,
    MessagePolicy,
    MessageRule,
    Reason,
    Recipient,
    Rule,
    SimulatedFault,
)
from clientela.notify.queries.messages_told import messages_told
from clientela.notify.queries.offered import give_stand_ins
from clientela.notify.queries.trace import trace_lines
from clientela.notify.short_text import push_text, short_text
from clientela.people.actions.erase_card import erase_card
from clientela.people.actions.record_consent import record_consent
from clientela.people.models import Client, How, NotifyBy
from clientela.platform.tenancy import business_scope
from clientela.platform.worker import run_once
from clientela.rules.text_segments import segments

OFFER = Rule.WAITING_LIST_OFFER
LUZ = Guest("Luz Prueba", "luz@example.com", "+34622345678", "es")


@pytest.fixture
def house(db: None) -> Iterator[Business]:
    """A business whose only service can be had at ten and half past, and that texts."""
    made = factories.make_business("offers")
    with business_scope(made.pk):
        irene = factories.make_professional(made, hours=False)
        factories.set_hours(irene, (600, 660))
        factories.make_service(made, professionals=(irene,), duration_minutes=60)
        make_gateway(made)
        yield made


@pytest.fixture
def service(house: Business) -> Service:
    return Service.objects.select_related("business").get()


def freed(service: Service, *, now: datetime = NOW) -> None:
    """Let somebody give ten o'clock up, and the worker hear of it."""
    cancelled(
        book(service, TEN, client=make_guest("Other", "other@example.com"), now=now).appointment,
        now=now,
    )
    work(now)


def work(now: datetime) -> None:
    """Let the worker hear, tell and send: one leads to the other."""
    for _ in range(3):
        run_once(now)


def wants_texts(card: Client) -> None:
    """Let a client say that texts are welcome."""
    Client.objects.filter(pk=card.pk).update(notify_by=NotifyBy.EMAIL_AND_SMS)
    record_consent(
        client=card, notify_by=NotifyBy.EMAIL_AND_SMS, how=How.PREFERENCES, by=GUEST, now=NOW
    )


def rows() -> dict[str, Message]:
    """The rows of the kind, by way, each with the appointment it would be."""
    found = list(Message.objects.filter(rule=OFFER))
    give_stand_ins(found)
    return {one.channel: one for one in found}


def test_there_is_a_row_for_each_way_and_what_can_leave_does(service: Service) -> None:
    waits(service, LUZ)
    freed(service)
    assert {way: row.reason for way, row in rows().items()} == {
        "email": Reason.HANDED_OVER,
        "sms": Reason.CHANNEL_OFF_BY_CLIENT,
        "push": Reason.NO_ADDRESS,
    }
    row = rows()["email"]
    assert (row.recipient, row.address, row.language) == (Recipient.CLIENT, "luz@example.com", "es")
    assert (row.facts["by"], row.tries) == ("guest", 1)


def test_the_letter_leads_to_the_time_and_off_the_list_and_promises_nothing(
    service: Service,
) -> None:
    entry = waits(service, LUZ)
    freed(service)
    letter = write_letter(rows()["email"])
    offer = WaitingOffer.objects.select_related("entry__business").get()
    assert letter.link == offer_url(offer)
    assert "start=20261124T0900Z" in letter.link
    assert letter.join_link == wait_url(entry)
    assert "10:00" in letter.subject
    assert "reserv" in letter.sentence
    assert letter.stop


def test_a_text_fits_two_parts_and_leads_to_the_short_page(service: Service) -> None:
    entry = waits(service, LUZ)
    wants_texts(entry.client)
    freed(service)
    message = rows()["sms"]
    text = short_text(message=message)
    assert wait_url(entry) in text
    assert segments(text) <= 2
    assert "start=20261124T0900Z" in push_text(message=message).link


def test_it_is_decided_again_when_it_leaves(service: Service) -> None:
    """The night holds a text back; by the morning somebody has booked."""
    entry = waits(service, LUZ)
    wants_texts(entry.client)
    MessagePolicy.objects.update_or_create(
        business=service.business,
        defaults={"quiet_from_minute": 21 * 60, "quiet_until_minute": 8 * 60},
    )
    night = at("2026-11-23 22:30")
    freed(service, now=night)
    held = rows()
    assert (held["email"].reason, held["sms"].reason) == (Reason.HANDED_OVER, Reason.QUEUED)
    assert held["sms"].send_at == at("2026-11-24 08:00")
    (line,) = trace_lines(messages=[held["sms"]], now=night)
    assert (line.outlook, line.at) == (Reason.QUEUED, at("2026-11-24 08:00"))
    book(service, TEN, client=make_guest("Quick", "quick@example.com"), now=night)
    work(at("2026-11-24 08:00"))
    assert rows()["sms"].reason == Reason.SUPERSEDED


def test_who_left_meanwhile_hears_nothing(service: Service) -> None:
    entry = waits(service, LUZ)
    SimulatedFault.objects.create(
        channel="email", address="luz@example.com", fault="later", times=1, created_at=NOW
    )
    freed(service)
    assert rows()["email"].reason == Reason.QUEUED
    leave_waiting_list(entry=entry, by=GUEST, now=NOW)
    work(NOW + minutes(5))
    assert rows()["email"].reason == Reason.CANCELLED_BEFORE_SEND


def test_whom_the_staff_put_on_the_list_hears_by_their_own_word_only(service: Service) -> None:
    card = factories.make_client(service.business)
    waits(service, card, by=STAFF)
    freed(service)
    assert rows()["email"].reason in {Reason.POLICY_GATE, Reason.NOT_ACTIVATED}


def test_a_business_may_switch_it_off(service: Service) -> None:
    MessageRule.objects.create(
        business=service.business,
        rule=OFFER,
        recipient=Recipient.CLIENT,
        is_on=False,
        created_at=NOW,
    )
    waits(service, LUZ)
    freed(service)
    assert {row.reason for row in rows().values()} == {Reason.RULE_DISABLED}


def test_heard_twice_it_is_written_once(service: Service) -> None:
    waits(service, LUZ)
    freed(service)
    offer = WaitingOffer.objects.get()
    event = FreedTimeOffered(business_id=offer.business_id, offer_id=offer.pk, by="guest")
    with transaction.atomic():
        tell_waiting(event, now=NOW)
    assert Message.objects.filter(rule=OFFER).count() == 3


def test_it_stands_in_what_a_person_takes_along_and_is_emptied_with_them(service: Service) -> None:
    entry = waits(service, LUZ)
    freed(service)
    card = entry.client
    told = [one for one in messages_told(card=card) if one["kind"] == OFFER]
    assert {one["about"] for one in told} == {str(entry.pk)}
    erase_card(card=card, because="asked", by=STAFF, now=NOW)
    assert {row.address for row in Message.objects.filter(rule=OFFER)} == {""}
    assert WaitingEntry.objects.get().state == "left"


def test_a_reader_elsewhere_reads_their_own_clock(service: Service) -> None:
    waits(service, LUZ, zone="America/New_York")
    freed(service)
    letter = write_letter(rows()["email"])
    assert "4:00" in letter.subject
    assert "10:00" in letter.elsewhere
