"""The steps of the waiting list and of parted credits, each by itself."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.booking.waiting import TEN, minutes, only_open_at_ten, waits
from tests.factories import NOW, STAFF, book

from clientela.booking.actions.forget_waits import forget_waits
from clientela.booking.actions.offer_freed_time import offer_freed_time
from clientela.booking.actions.tell_waiting import tell_waiting
from clientela.booking.actions.uncross_credits import uncross_credits
from clientela.booking.models import WaitingEntry, WaitingOffer
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.tenancy import system_scope
from clientela.rules.interval import Interval


@pytest.fixture
def one_slot(service: Service, professional: Professional) -> Service:
    """A service that can be had once a day, at ten."""
    only_open_at_ten(professional)
    return service


def offered(business: Business) -> list[WaitingOffer]:
    with transaction.atomic():
        return offer_freed_time(
            business_id=business.pk, freed=Interval(TEN, TEN + minutes(30)), now=NOW
        )


def test_a_freed_time_is_offered_once_however_often_it_is_asked(
    business: Business, one_slot: Service
) -> None:
    entry = waits(one_slot)
    assert [one.entry_id for one in offered(business)] == [entry.pk]
    assert offered(business) == []


def test_turns_that_have_come_are_settled_once(business: Business, one_slot: Service) -> None:
    waits(one_slot)
    offered(business)
    with system_scope("the worker looks at all businesses"):
        assert tell_waiting(now=NOW) == 1
        assert tell_waiting(now=NOW) == 0
    assert WaitingOffer.objects.get().state == "told"


def test_who_leaves_waits_for_nothing_and_their_links_open_nothing(
    business: Business, one_slot: Service, client_card: Client
) -> None:
    entry = waits(one_slot, client_card, by=STAFF)
    offered(business)
    forget_waits(card=client_card, now=NOW)
    after = WaitingEntry.objects.get()
    assert (after.state, after.address_used) == ("left", "")
    assert after.link_digest != entry.link_digest
    assert WaitingOffer.objects.get().state == "lapsed"


def test_a_credit_that_stands_for_its_own_client_is_left(
    credit_service: Service, client_card: Client
) -> None:
    book(credit_service, TEN, client=client_card, by=STAFF)
    with transaction.atomic():
        assert uncross_credits(client_ids=[client_card.pk], now=NOW) == []
