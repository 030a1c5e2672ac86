"""What came with a card whose log-in was another is on no page, in no feed and in no copy of the survivor's log-in."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import get_resolver, reverse
from tests.booking.waiting import waits
from tests.factories import NOW, STAFF, at, book, make_client, make_package, make_service, pay, sell
from tests.people.actions.test_leaving import hear
from tests.people.actions.test_unmerge_clients import LATER, merged, parted
from tests.people.persons import person

from clientela.accounts.models import Account
from clientela.booking.actions.renew_calendar_feed import renew_calendar_feed
from clientela.booking.models import Appointment
from clientela.booking.queries.calendar_feed import feed_appointments
from clientela.booking.queries.own_appointments import own_appointment
from clientela.booking.queries.waits_told import waits_told
from clientela.business.models import Business, Professional
from clientela.ledger.models import Payment, Sale
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.notify.models import Message, Recipient
from clientela.notify.queries.messages_told import messages_told
from clientela.people.actions.answer_absorbed import own_absorbed, refuse_absorbed
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.show_absorbed import show_absorbed_in_time
from clientela.people.errors import CannotPart, NotAsked
from clientela.people.models import Client, Merge
from clientela.people.queries.merge_by_refusal import refusal_token
from clientela.people.queries.own_copy import own_copy
from clientela.platform.actor import Actor
from clientela.platform.tenancy import account_scope, system_scope
from clientela.policy.rule import ObjectRule
from clientela.policy.table import TABLE

CANARY = "Zebrafinch"
SECRETS = (CANARY, "canary@example.org", "600998877")


@pytest.fixture
def absorbed(business: Business, professional: Professional) -> Merge:
    """Luz's card took up one with another log-in: an appointment with its messages, packages, a paid sale, a wait."""
    hers = make_client(business, "Luz Prueba", "luz@example.com")
    theirs = make_client(business, "Luz P", "canary@example.org", phones=["+34600998877"])
    claim_cards(account=person("luz@example.com", "Luz Prueba"), now=NOW)
    service = make_service(
        business, name=f"{CANARY} massage", professionals=(professional,), needs_credits=True
    )
    book(service, at("2026-11-24 10:00"), client=theirs)
    hear()
    waits(service, theirs, by=STAFF)
    for number in (1, 2):
        sold = sell(theirs, make_package(service, name=f"{CANARY} bono {number}"))
        pay(sold) if number == 1 else None
    claim_cards(account=person("canary@example.org", "Luz P"), now=NOW)
    # A second log-in on the survivor would be refused; hers comes after the merge, as with a welcome mail.
    account = Client.objects.get(pk=hers.pk).account
    Client.objects.filter(pk=hers.pk).update(account=None)
    theirs.refresh_from_db()
    hers.refresh_from_db()
    merge = merged(theirs, hers, "she showed her card")
    Client.objects.filter(pk=hers.pk).update(account=account, activated_at=NOW)
    return Merge.objects.select_related("business", "survivor__account").get(pk=merge.pk)


def own_pages(merge: Merge) -> list[str]:
    """Every page of a signed-in person that the policy table knows, with ids of what is hidden where it takes any."""
    visit, sale, paid = Appointment.objects.get(), Sale.objects.first(), Payment.objects.first()
    values = {
        "appointment_id": visit.pk,
        "sale_id": paid.sale_id,
        "payment_id": paid.pk,
        "invoice_id": visit.pk,
        "package_id": sale.package_id,
        "card_id": merge.absorbed_id,
        "slug": merge.business.slug,
        "name": "clientela-data.json",
    }
    asked = [name for name, rule in TABLE.items() if rule.objects is ObjectRule.OWN]
    return [
        reverse(name, kwargs={key: values[key] for key in parameters})
        for name in asked
        if "GET" in TABLE[name].methods
        for parameters in _ways(name)
        if set(parameters) <= set(values)
    ]


def _ways(name: str) -> list[list[str]]:
    """The names of the parameters of each of a route's addresses."""
    room, _, route = name.partition(":")
    resolver = get_resolver().namespace_dict[room][1] if route else get_resolver()
    ways = [way for one in resolver.reverse_dict.getlist(route or room) for way in one[0]]
    return [parameters for _, parameters in ways]


@pytest.mark.req("C4")
def test_no_page_of_the_survivor_shows_what_is_hidden_and_afterwards_they_do(
    absorbed: Merge,
) -> None:
    account = absorbed.survivor.account
    browser = Browser()
    browser.force_login(account)
    pages = own_pages(absorbed)
    assert len(pages) > 20

    def seen() -> dict[str, str]:
        return {
            page: answer.content.decode(errors="replace") if answer.status_code < 300 else ""
            for page in pages
            if (answer := browser.get(page))
        }

    with time_machine.travel(LATER, tick=False):
        found = seen()
    leaks = {(page, word) for page, text in found.items() for word in SECRETS if word in text}
    # What the business sells to everybody is no secret of anybody's.
    assert {one for one in leaks if "/buy/" not in one[0]} == set()
    show_absorbed_in_time(now=LATER + timedelta(hours=73))
    with time_machine.travel(LATER + timedelta(hours=73), tick=False):
        browser.force_login(account)
        shown = [page for page, text in seen().items() if CANARY in text]
    assert len(shown) >= 6, "the negative control: the pages do show it once they may"


def test_feed_copy_messages_and_credits_keep_it_to_themselves_too(absorbed: Merge) -> None:
    account, card = absorbed.survivor.account, absorbed.survivor
    with account_scope(account.pk):
        token = renew_calendar_feed(account=account, by=Actor.client(account.pk), now=LATER)
    visit = Appointment.objects.get()

    def told() -> tuple[object, ...]:
        feed = feed_appointments(token=token, now=LATER)
        return (
            len(feed.appointments) if feed else None,
            CANARY in json.dumps(own_copy(account=account, now=LATER)),
            own_appointment(account_id=account.pk, appointment_id=visit.pk) is not None,
            len(usable_grants(client_id=card.pk)),
            "canary@example.org" in json.dumps(own_copy(account=account, now=LATER)),
            len(messages_told(card=card)) > 0,
            len(waits_told(card=card)),
        )

    assert Message.objects.filter(appointment=visit, recipient=Recipient.CLIENT).exists()
    assert told() == (0, False, False, 0, False, False, 0)
    assert show_absorbed_in_time(now=LATER + timedelta(hours=71)) == 0
    assert show_absorbed_in_time(now=LATER + timedelta(hours=72)) == 1
    assert told() == (1, True, True, 2, True, True, 1)


@pytest.mark.req("MRG-11")
def test_the_calendar_of_a_log_in_that_left_its_card_no_longer_shows_it(absorbed: Merge) -> None:
    account = Account.objects.get(pk=absorbed.absorbed_account_id)
    token = renew_calendar_feed(account=account, by=Actor.client(account.pk), now=NOW)

    def shown() -> int:
        feed = feed_appointments(token=token, now=LATER)
        assert feed is not None, "the address is the person's, for all their businesses"
        return len(feed.appointments)

    assert shown() == 0
    assert show_absorbed_in_time(now=LATER + timedelta(hours=72)) == 1
    assert shown() == 0
    parted(absorbed)
    assert shown() == 1


def test_the_mailbox_that_is_told_shows_it_at_once_or_parts_the_cards(absorbed: Merge) -> None:
    token = refusal_token(absorbed)
    stranger = person("else@example.com", "Else")
    with pytest.raises(NotAsked):
        own_absorbed(token=token, account_id=stranger.pk, now=LATER)
    survivor = absorbed.survivor.account_id
    assert own_absorbed(token=token, account_id=survivor, now=LATER)
    assert not own_absorbed(token=token, account_id=survivor, now=LATER)
    assert len(usable_grants(client_id=absorbed.survivor_id)) == 2
    done = refuse_absorbed(token=token, now=LATER)
    assert done.log_in
    assert usable_grants(client_id=absorbed.survivor_id) == []
    with pytest.raises(CannotPart) as refused:
        refuse_absorbed(token=token, now=LATER)
    assert refused.value.reason == "link-over"


def test_credits_that_were_hidden_redeem_what_goes_back_with_them(absorbed: Merge) -> None:
    """They are nobody's to spend while they are hidden; parted, they are their owner's at once."""
    service = Appointment.objects.get().service
    visit = book(service, at("2026-11-24 12:00"), client=absorbed.survivor, by=STAFF).appointment
    Appointment.objects.filter(pk=visit.pk).update(address_used="canary@example.org")
    assert visit.redemption == "pending"
    parted(absorbed)
    visit.refresh_from_db()
    assert (visit.client_id, visit.redemption) == (absorbed.absorbed_id, "redeemed")


def test_the_link_closes_after_its_time_and_staff_part_the_cards_at_any_time(
    absorbed: Merge,
) -> None:
    token = refusal_token(absorbed)
    with pytest.raises(CannotPart):
        refuse_absorbed(token=token, now=LATER + timedelta(hours=72))
    assert parted(absorbed).log_in
    with system_scope("looking"):
        assert set(Sale.objects.values_list("client", flat=True)) == {absorbed.absorbed_id}
